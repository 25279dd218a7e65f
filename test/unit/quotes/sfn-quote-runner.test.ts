import { createSfnQuoteRunner } from '../../../lambdas/quotes/adapters/sfn-quote-runner';
import { turnedClock } from '../shared/turned-clock';

const input = {
  lines: [{ sku: 'lamp', quantity: 1 }],
  destination: { country: 'DE' },
  deadline: '2026-01-01T00:00:10Z',
};
const named = (name: string) => Object.assign(new Error('no'), { name });

function setUp(answer: (abortSignal: AbortSignal) => Promise<object>) {
  const clock = turnedClock();
  const sent: any[] = [];
  const client = {
    send: (command: any, { abortSignal }: { abortSignal: AbortSignal }) => {
      sent.push(command.input);
      return answer(abortSignal);
    },
  };
  return { clock, sent, runner: createSfnQuoteRunner({ client, stateMachineArn: 'arn:machine', clock }) };
}

describe('the runner of the quote machine', () => {
  it('runs it once under a name and reads the output', async () => {
    const { runner, sent } = setUp(async () => ({ status: 'SUCCEEDED', output: '{"totalCents":1}' }));
    expect(await runner.run('quo-1', input, 5_000)).toEqual({ status: 'succeeded', output: { totalCents: 1 } });
    expect(sent).toEqual([{ stateMachineArn: 'arn:machine', name: 'quo-1', input: JSON.stringify(input) }]);
  });

  it.each([
    [{ status: 'FAILED', error: 'CarrierUnavailable', cause: '{}' }, 'CarrierUnavailable', '{}'],
    [{ status: 'TIMED_OUT' }, 'States.Timeout', ''],
    [{ status: 'FAILED' }, 'States.Runtime', ''],
  ])('takes the answer %j for a failure, though the API says 200', async (answer, error, cause) => {
    const { runner } = setUp(async () => answer);
    expect(await runner.run('quo-1', input, 5_000)).toEqual({ status: 'failed', error, cause });
  });

  it('gives up when the time is over', async () => {
    const { runner, clock } = setUp(
      (abortSignal) =>
        new Promise((_, reject) => abortSignal.addEventListener('abort', () => reject(named('AbortError')))),
    );
    const end = runner.run('quo-1', input, 5_000);
    await clock.simulated.turn(5_000);
    expect(await end).toEqual({ status: 'unanswered' });
  });

  it('tells of a refusal that passes, and fails with any other', async () => {
    const { runner } = setUp(() => Promise.reject(named('ThrottlingException')));
    expect(await runner.run('quo-1', input, 5_000)).toMatchObject({ status: 'failed', error: 'ThrottlingException' });
    const denied = setUp(() => Promise.reject(named('AccessDeniedException')));
    await expect(denied.runner.run('quo-1', input, 5_000)).rejects.toThrow('no');
  });
});
