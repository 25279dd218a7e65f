import type { Clock } from '../../../local/kernel/clock';
import { OngoingTransactions } from '../../../local/services/dynamodb/ongoing-transactions';

/** A clock that goes on while its tasks are kept waiting, as those of a busy event loop are. */
function lateClock() {
  const tasks: (() => void)[] = [];
  const clock: Clock & { nowMs: number; runTasks(): void } = {
    nowMs: 0,
    now: () => clock.nowMs,
    schedule(_: number, task: () => void) {
      tasks.push(task);
      return { cancel: () => {} };
    },
    runTasks: () => {
      for (const task of tasks.splice(0)) task();
    },
  };
  return clock;
}

describe('a transaction', () => {
  it('is carried out once its time is up, though its timer is late', async () => {
    const clock = lateClock();
    const transactions = new OngoingTransactions(clock, 3);
    const carriedOut: string[] = [];
    const first = transactions.begin(() => carriedOut.push('first'));
    clock.nowMs = 2;
    const second = transactions.begin(() => carriedOut.push('second'));
    transactions.carryOutDue();
    expect(carriedOut).toEqual([]);
    clock.nowMs = 3;
    transactions.carryOutDue();
    expect(carriedOut).toEqual(['first']);
    clock.nowMs = 9;
    clock.runTasks();
    clock.runTasks();
    expect(carriedOut).toEqual(['first', 'second']);
    expect(await Promise.all([first, second])).toEqual([1, 2]);
  });

  it('that cannot be carried out fails alone', async () => {
    const clock = lateClock();
    const transactions = new OngoingTransactions(clock, 3);
    const broken = transactions.begin(() => {
      throw new Error('broken');
    });
    const whole = transactions.begin(() => 'done');
    clock.nowMs = 3;
    transactions.carryOutDue();
    await expect(broken).rejects.toThrow('broken');
    expect(await whole).toBe('done');
  });

  it('that takes no time is carried out in its call', () => {
    expect(new OngoingTransactions(lateClock(), 0).begin(() => 'done')).toBe('done');
  });
});
