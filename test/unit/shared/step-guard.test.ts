import { createDynamoStepGuard } from '../../../lambdas/shared/idempotency/dynamo-step-guard';
import type { GuardedStep } from '../../../lambdas/shared/idempotency/step-guard';
import { createEmbeddedTables } from './embedded-tables';
import { invocation, turnedClock } from './turned-clock';

const key = 'ChargePayment#order-1';
const DAY_MS = 24 * 60 * 60 * 1000;

async function setUp() {
  const clock = turnedClock();
  const tables = await createEmbeddedTables(clock.simulated);
  let owners = 0;
  const guard = createDynamoStepGuard({
    client: tables.client,
    tableName: 'idempotency',
    clock,
    newOwner: () => `owner-${++owners}`,
  });
  const record = () => tables.get('idempotency', { id: key });
  return { clock, tables, guard, record };
}

/** An invocation that is under way until the test ends it. */
function paused(guard: Awaited<ReturnType<typeof setUp>>['guard'], step: GuardedStep, remainingMs = 10_000) {
  let finish!: (result: string) => void;
  let fail!: (error: Error) => void;
  let begun!: () => void;
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const outcome = guard
    .once(step, invocation(remainingMs), () => {
      begun();
      return new Promise<string>((resolve, reject) => {
        finish = resolve;
        fail = reject;
      });
    })
    .catch((error: Error) => error.name);
  return { outcome, hasBegun, finish: (result: string) => finish(result), fail: (error: Error) => fail(error) };
}

describe('the step guard', () => {
  it('runs a step once and gives its result again, with two writes', async () => {
    const { guard, tables } = await setUp();
    expect(await guard.once({ key }, invocation(), async () => ({ paymentId: 'p' }))).toEqual({ paymentId: 'p' });
    expect(tables.sent).toEqual(['PutItem', 'UpdateItem']);
    const never = () => Promise.reject(new Error('not expected'));
    expect(await guard.once({ key }, invocation(), never)).toEqual({ paymentId: 'p' });
  });

  it('tells an attempt after a failed one that it is not the first', async () => {
    const { guard } = await setUp();
    const declined = guard.once({ key }, invocation(), () => Promise.reject(new Error('timed out')));
    await expect(declined).rejects.toThrow('timed out');
    const attempts: boolean[] = [];
    await guard.once({ key }, invocation(), async ({ isRetry }) => void attempts.push(isRetry));
    await guard.once({ key: 'other' }, invocation(), async ({ isRetry }) => void attempts.push(isRetry));
    expect(attempts).toEqual([true, false]);
  });

  it('rejects a second invocation while the first is under way and in time', async () => {
    const { guard } = await setUp();
    const first = paused(guard, { key });
    await first.hasBegun;
    await expect(guard.once({ key }, invocation(), async () => 'second')).rejects.toMatchObject({
      name: 'StepInProgress',
    });
    first.finish('first');
    expect(await first.outcome).toBe('first');
  });

  it('lets a retry take over once the deadline of an invocation that died has passed', async () => {
    const { guard, clock } = await setUp();
    const dead = paused(guard, { key }, 3000);
    await dead.hasBegun;
    await clock.simulated.turn(3001);
    const result = await guard.once({ key }, invocation(), async ({ isRetry }) => `retry: ${isRetry}`);
    expect(result).toBe('retry: true');
  });

  it('rejects the result of an invocation whose successor has finished, and keeps the successor’s', async () => {
    const { guard, clock, record } = await setUp();
    const zombie = paused(guard, { key }, 3000);
    await zombie.hasBegun;
    await clock.simulated.turn(3001);
    await guard.once({ key }, invocation(), async () => 'successor');
    zombie.finish('zombie');
    expect(await zombie.outcome).toBe('StepSuperseded');
    expect(await record()).toMatchObject({ status: 'COMPLETED', data: 'successor', owner: 'owner-2' });
  });

  it('rejects the result of an invocation whose successor is under way, and does not disturb it', async () => {
    const { guard, clock, record } = await setUp();
    const zombie = paused(guard, { key }, 3000);
    await zombie.hasBegun;
    await clock.simulated.turn(3001);
    const successor = paused(guard, { key });
    await successor.hasBegun;
    zombie.finish('zombie');
    expect(await zombie.outcome).toBe('StepSuperseded');
    expect(await record()).toMatchObject({ status: 'INPROGRESS', owner: 'owner-2' });
    successor.finish('successor');
    expect(await successor.outcome).toBe('successor');
  });

  it('leaves the successor’s record alone when a late invocation fails, and reports that failure', async () => {
    const { guard, clock, record } = await setUp();
    const zombie = paused(guard, { key }, 3000);
    await zombie.hasBegun;
    await clock.simulated.turn(3001);
    await guard.once({ key }, invocation(), async () => 'successor');
    zombie.fail(Object.assign(new Error('declined'), { name: 'PaymentDeclined' }));
    expect(await zombie.outcome).toBe('PaymentDeclined');
    expect(await record()).toMatchObject({ status: 'COMPLETED', data: 'successor' });
  });

  it('lets an invocation finish late when nobody has taken over', async () => {
    const { guard, clock } = await setUp();
    const late = paused(guard, { key }, 3000);
    await late.hasBegun;
    await clock.simulated.turn(3001);
    late.finish('late');
    expect(await late.outcome).toBe('late');
  });

  it('rejects a step that was fenced before it began, without running or undoing it', async () => {
    const { guard } = await setUp();
    await guard.fence(key);
    const undo = jest.fn();
    const run = jest.fn();
    await expect(guard.once({ key, undo }, invocation(), run)).rejects.toMatchObject({ name: 'StepFenced' });
    expect(run).not.toHaveBeenCalled();
    expect(undo).not.toHaveBeenCalled();
  });

  it('undoes a step that finishes after its fence was laid, and rejects its result', async () => {
    const { guard, record } = await setUp();
    const undo = jest.fn(async () => undefined);
    const step = paused(guard, { key, undo });
    await step.hasBegun;
    await guard.fence(key);
    step.finish('too late');
    expect(await step.outcome).toBe('StepFenced');
    expect(undo).toHaveBeenCalledTimes(1);
    expect(await record()).toMatchObject({ status: 'FENCED' });
  });

  it('undoes a step that fails with unknown outcome after its fence was laid', async () => {
    const { guard } = await setUp();
    const undo = jest.fn(async () => undefined);
    const step = paused(guard, { key, undo });
    await step.hasBegun;
    await guard.fence(key);
    step.fail(new Error('timed out'));
    expect(await step.outcome).toBe('StepFenced');
    expect(undo).toHaveBeenCalledTimes(1);
  });

  it('rejects a step as fenced also when its own undo fails, and says why', async () => {
    const { guard } = await setUp();
    const running = guard.once({ key, undo: () => Promise.reject(new Error('no provider')) }, invocation(), () =>
      guard.fence(key),
    );
    await expect(running).rejects.toMatchObject({ name: 'StepFenced', cause: { message: 'no provider' } });
  });

  it('rejects a step that had finished before its fence was laid', async () => {
    const { guard } = await setUp();
    await guard.once({ key }, invocation(), async () => 'done');
    await guard.fence(key);
    await expect(guard.once({ key }, invocation(), async () => 'again')).rejects.toMatchObject({ name: 'StepFenced' });
  });

  it('keeps a fence for 90 days and no longer', async () => {
    const { guard, clock } = await setUp();
    await guard.fence(key);
    await clock.simulated.turn(90 * DAY_MS - 1000);
    await expect(guard.once({ key }, invocation(), async () => 'late')).rejects.toMatchObject({ name: 'StepFenced' });
    await clock.simulated.turn(3000);
    expect(await guard.once({ key }, invocation(), async () => 'another life')).toBe('another life');
  });

  it('remembers a result for as long as it is told to', async () => {
    const { guard, clock } = await setUp();
    await guard.once({ key, retentionSeconds: 60 }, invocation(), async () => 'first');
    await clock.simulated.turn(62_000);
    expect(await guard.once({ key }, invocation(), async () => 'second')).toBe('second');
  });

  it('rejects a key that comes again with other content, done or under way', async () => {
    const { guard } = await setUp();
    const step = paused(guard, { key, contentHash: 'a' });
    await step.hasBegun;
    const other = () => guard.once({ key, contentHash: 'b' }, invocation(), async () => 'other');
    await expect(other()).rejects.toMatchObject({ name: 'KeyReused' });
    step.finish('done');
    await step.outcome;
    await expect(other()).rejects.toMatchObject({ name: 'KeyReused' });
  });

  it('takes its own write for a success when the SDK sends it again after a lost answer', async () => {
    const { guard, tables } = await setUp();
    const send = tables.client.send;
    tables.client.send = async (command) => {
      await send(command);
      return send(command);
    };
    expect(await guard.once({ key }, invocation(), async () => 'done')).toBe('done');
    expect(await guard.once({ key }, invocation(), async () => 'again')).toBe('done');
  });

  it('fails when the table cannot be reached, with the table’s error', async () => {
    const { guard, tables } = await setUp();
    tables.beforeSend = () => {
      throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    };
    await expect(guard.once({ key }, invocation(), async () => 'x')).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
  });
});
