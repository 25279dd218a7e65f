import { PaymentDeclined } from '../../../lambdas/orders/contracts/errors';
import { StepFenced } from '../../../lambdas/shared/idempotency/step-fenced';
import { StepInProgress } from '../../../lambdas/shared/idempotency/step-in-progress';
import { StepSuperseded } from '../../../lambdas/shared/idempotency/step-superseded';
import type { Log, LogFields } from '../../../lambdas/shared/observability/log';
import { observe } from '../../../lambdas/shared/observability/observe';
import { invocation } from './turned-clock';

function setUp() {
  const lines: [string, LogFields | undefined][] = [];
  const log: Log = {
    info: (_message, fields) => void lines.push(['info', fields]),
    warn: (_message, fields) => void lines.push(['warn', fields]),
    error: (_message, fields) => void lines.push(['error', fields]),
    with: () => log,
  };
  const meter = { count: jest.fn(), seconds: jest.fn(), flush: jest.fn() };
  const run = (handle: () => Promise<string>) =>
    observe({ log, meter }, handle, (event: { orderId: string }) => event)({ orderId: 'order-1' }, invocation());
  return { lines, meter, run };
}

describe('observe', () => {
  it('gives the result and writes the metrics', async () => {
    const { lines, meter, run } = setUp();
    expect(await run(async () => 'done')).toBe('done');
    expect(meter.flush).toHaveBeenCalledTimes(1);
    expect(lines).toEqual([]);
  });

  it('warns of a failure that the workflow knows by name, with the order it is about', async () => {
    const { lines, meter, run } = setUp();
    await expect(run(() => Promise.reject(new PaymentDeclined('no')))).rejects.toThrow('no');
    const fields = { requestId: 'request-1', orderId: 'order-1', errorName: 'PaymentDeclined', errorMessage: 'no' };
    expect(lines).toEqual([['warn', fields]]);
    expect(meter.flush).toHaveBeenCalledTimes(1);
  });

  it('reports any other failure as an error', async () => {
    const { lines, run } = setUp();
    await expect(run(() => Promise.reject(new TypeError('broken')))).rejects.toThrow('broken');
    expect(lines).toMatchObject([['error', { errorName: 'TypeError' }]]);
  });

  it.each([
    ['StepFenced', new StepFenced('ChargePayment#order-1')],
    ['StepSuperseded', new StepSuperseded('ChargePayment#order-1')],
  ])('counts a step that came too late: %s', async (_name, error) => {
    const { meter, run } = setUp();
    await expect(run(() => Promise.reject(error))).rejects.toBe(error);
    expect(meter.count.mock.calls).toEqual([['StepFenced']]);
  });

  it('counts no other failure as a step that came too late', async () => {
    const { meter, run } = setUp();
    await expect(run(() => Promise.reject(new StepInProgress('ChargePayment#order-1')))).rejects.toThrow();
    expect(meter.count).not.toHaveBeenCalled();
  });
});
