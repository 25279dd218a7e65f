import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { WaitingReceivers } from '../../../local/services/sqs/waiting-receivers';

let clock: SimulatedClock;
let startMs: number;
let nextVisibleAtMs: number | undefined;
let available: string[];
let receivers: WaitingReceivers;

beforeEach(() => {
  clock = new SimulatedClock();
  startMs = clock.now();
  nextVisibleAtMs = undefined;
  available = [];
  receivers = new WaitingReceivers(clock, () => nextVisibleAtMs);
});

/** Waits for up to 20 seconds; resolves with what was taken and after how many milliseconds. */
async function wait(signal?: AbortSignal): Promise<[string | undefined, number]> {
  const taken = await receivers.wait('q', startMs + 20_000, () => available.shift(), signal);
  return [taken, clock.now() - startMs];
}

describe('waiting receivers', () => {
  it('are served in the order in which they came', async () => {
    const both = Promise.all([wait(), wait()]);
    available = ['a'];
    receivers.changed('q');
    available = ['b'];
    receivers.changed('q');
    expect(await both).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
  });

  it('wake for a message that arrives hidden while they wait', async () => {
    const waiting = wait();
    nextVisibleAtMs = startMs + 3000;
    receivers.changed('q');
    available = ['late'];
    await clock.turn(2999);
    expect(available).toEqual(['late']);
    nextVisibleAtMs = startMs + 3000;
    await clock.turn(1);
    expect(await waiting).toEqual(['late', 3000]);
  });

  it('wake earlier when a message becomes visible earlier than was known', async () => {
    nextVisibleAtMs = startMs + 9000;
    const waiting = wait();
    nextVisibleAtMs = startMs + 1000;
    receivers.changed('q');
    available = ['early'];
    await clock.turn(1000);
    expect(await waiting).toEqual(['early', 1000]);
  });

  it('leave with nothing at their deadline, and with no timer behind them', async () => {
    const waiting = wait();
    await clock.turn(20_000);
    expect(await waiting).toEqual([undefined, 20_000]);
    expect(clock.nextAt()).toBeUndefined();
  });

  it('leave what has arrived to others once they have gone away', async () => {
    const abort = new AbortController();
    const gone = wait(abort.signal);
    const staying = wait();
    abort.abort();
    available = ['a'];
    receivers.changed('q');
    expect([await gone, await staying]).toEqual([
      [undefined, 0],
      ['a', 0],
    ]);
  });

  it('fail as the queue does when it is deleted', async () => {
    const waiting = receivers.wait('q', startMs + 20_000, () => {
      if (available.length > 0) throw new Error('no queue');
      return undefined;
    });
    available = ['x'];
    receivers.changed('q');
    await expect(waiting).rejects.toThrow('no queue');
  });

  it('are all let go when the service stops', async () => {
    const both = Promise.all([wait(), wait()]);
    receivers.stop();
    expect(await both).toEqual([
      [undefined, 0],
      [undefined, 0],
    ]);
  });
});
