import { readSince } from '../../../../bin/commands/ops/since';
import { orderRemedy } from '../../../../bin/commands/ops/stuck/order-rules';
import { silenceLimit } from '../../../../bin/commands/ops/stuck/time-limit';
import { duration, table } from '../../../../bin/commands/ops/table';

describe('what an order needs that waits', () => {
  it.each<[string, string | undefined, (string | undefined)[], string]>([
    ['OrderAccepted', undefined, [], 'publish'],
    ['OrderAccepted', 'FAILED', [], 'undo'],
    ['OrderReserved', 'RUNNING', [], 'none'],
    ['OrderReserved', 'ABORTED', ['RUNNING'], 'none'],
    ['OrderReserved', 'ABORTED', ['FAILED', undefined], 'undo'],
    ['OrderReserved', undefined, [], 'undo'],
    ['OrderCancelling', 'TIMED_OUT', ['SUCCEEDED'], 'undo'],
  ])('of status %s, its execution %s, its undos %j: %s', (status, saga, undos, remedy) => {
    expect(orderRemedy({ orderId: 'o', status, updatedAt: '' }, saga, undos)).toBe(remedy);
  });
});

describe('how long a state may be silent', () => {
  it.each<[object, number | undefined]>([
    [{ Type: 'Task', TimeoutSeconds: 30 }, 90],
    [{ Type: 'Task', TimeoutSeconds: 10, Retry: [{ IntervalSeconds: 4, BackoffRate: 2, MaxAttempts: 5 }] }, 124],
    [{ Type: 'Task', TimeoutSeconds: 10, Retry: [{ IntervalSeconds: 4, MaxAttempts: 9, MaxDelaySeconds: 20 }] }, 80],
    [{ Type: 'Task', TimeoutSeconds: '{% $x %}' }, undefined],
    [{ Type: 'Wait', Seconds: 600 }, 660],
    [{ Type: 'Wait', Timestamp: '{% $x %}' }, undefined],
    [{ Type: 'Choice' }, 60],
    [{ Type: 'Map' }, undefined],
  ])('%j: %s s', (state, seconds) => {
    expect(silenceLimit(state as never)).toBe(seconds);
  });
});

describe('words of operators', () => {
  it.each([
    ['2026-01-31T12:00:00Z', Date.parse('2026-01-31T12:00:00Z')],
    ['2026-01-31', Date.parse('2026-01-31')],
  ])('reads the moment %s', (text, moment) => {
    expect(readSince(text)).toBe(moment);
  });

  it.each(['lately', '5', '-3h', '3w', '2026-99-99', ''])('rejects the moment %j', (text) => {
    expect(() => readSince(text)).toThrow('must be a span');
  });

  it.each([
    [0.4, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [3_725, '1 h 2 min'],
    [356_400, '4 d 3 h'],
  ])('writes %s seconds as %s', (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });

  it('sets a table', () => {
    expect(
      table(
        ['queue', 'messages'],
        [
          ['a', 12],
          ['longer', 3],
        ],
      ),
    ).toBe(['queue   messages', '──────  ────────', 'a             12', 'longer         3'].join('\n'));
  });
});
