import {
  type BreakerSettings,
  type BreakerState,
  NEW_BREAKER,
  permit,
  report,
} from '../../../lambdas/fan-out/domain/breaker/breaker';
import type { BreakerStore } from '../../../lambdas/fan-out/domain/breaker/breaker-store';
import { createSharedBreaker, type SharedBreaker } from '../../../lambdas/fan-out/domain/breaker/shared-breaker';
import { silentLog } from '../../../lambdas/shared/observability/log';
import { SeededRandom } from '../../../local/kernel/random';

const settings: BreakerSettings = { failures: 3, windowMs: 1_000, openMs: 5_000, longestPauseMs: 60_000 };
const down = { kind: 'down' } as const;
const up = { kind: 'up' } as const;
const caller = (name: string, untilMs = 10_000) => ({ name, untilMs });

/** The state after so many failures in a row, each a millisecond later. */
function stateAfter(failures: number, state: BreakerState = NEW_BREAKER): BreakerState {
  for (let n = 1; n <= failures; n++)
    state = report(state, { generation: state.generation, isProbe: false }, down, n, settings);
  return state;
}

describe('a breaker', () => {
  it('opens after as many failures as are set, within the window', () => {
    expect(stateAfter(2).kind).toBe('closed');
    expect(stateAfter(3)).toEqual({ kind: 'open', generation: 1, reopensAtMs: 5_003 });
  });

  it('forgets failures that lie in an earlier window', () => {
    const state = report(stateAfter(2), { generation: 0, isProbe: false }, down, 1_500, settings);
    expect(state).toMatchObject({ kind: 'closed', failures: 1, windowFromMs: 1_500 });
  });

  it('permits nobody while open, and then one probe at a time', () => {
    const open = stateAfter(3);
    expect(permit(open, caller('a'), 5_002).permit).toBeUndefined();
    const probed = permit(open, caller('a'), 5_003);
    expect(probed.permit).toEqual({ generation: 2, isProbe: true });
    expect(permit(probed.state, caller('b'), 5_004).permit).toBeUndefined();
    expect(permit(probed.state, caller('a'), 5_004).permit?.isProbe).toBe(true);
  });

  it('closes when the probe is answered, and opens again when it is not', () => {
    const probed = permit(stateAfter(3), caller('a'), 5_003);
    expect(report(probed.state, probed.permit!, up, 5_010, settings)).toMatchObject({ kind: 'closed', failures: 0 });
    expect(report(probed.state, probed.permit!, down, 5_010, settings)).toMatchObject({
      kind: 'open',
      reopensAtMs: 10_010,
    });
  });

  it('gives the probe to another when its time is up, and heeds the first no more', () => {
    const first = permit(stateAfter(3), caller('a', 6_000), 5_003);
    const second = permit(first.state, caller('b', 9_000), 6_000);
    expect(second.permit).toEqual({ generation: 3, isProbe: true });
    expect(report(second.state, first.permit!, up, 6_001, settings)).toBe(second.state);
  });

  it('heeds no report of a call that began before it opened', () => {
    const open = stateAfter(3);
    expect(report(open, { generation: 0, isProbe: false }, up, 10, settings)).toBe(open);
    const closed = report(
      permit(open, caller('a'), 5_003).state,
      { generation: 2, isProbe: true },
      up,
      5_010,
      settings,
    );
    expect(report(closed, { generation: 0, isProbe: false }, down, 5_020, settings)).toBe(closed);
  });

  it('stays open for as long as the webhook asks, within bounds', () => {
    const paused = (forMs: number) =>
      report(NEW_BREAKER, { generation: 0, isProbe: false }, { kind: 'paused', forMs }, 0, settings);
    expect(paused(7_000)).toMatchObject({ kind: 'open', reopensAtMs: 7_000 });
    expect(paused(10_000_000)).toMatchObject({ kind: 'open', reopensAtMs: 60_000 });
  });
});

/** A row that others change between any two calls: each call waits until the schedule lets it through. */
class ContestedRow implements BreakerStore {
  row: { state: BreakerState; version: number } | undefined;
  writes = 0;
  private readonly waiting: (() => void)[] = [];

  async read() {
    await this.turn();
    return this.row;
  }

  async write(state: BreakerState, afterVersion: number) {
    await this.turn();
    if ((this.row?.version ?? 0) !== afterVersion) return false;
    this.row = { state, version: afterVersion + 1 };
    this.writes++;
    return true;
  }

  /** Lets one of the calls through, as long as there are any. */
  async run(random: SeededRandom): Promise<void> {
    for (;;) {
      for (let n = 0; n < 5; n++) await Promise.resolve();
      const [next] = this.waiting.splice(Math.floor(random.next() * this.waiting.length), 1);
      if (!next) return;
      next();
    }
  }

  private turn(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

function room(failures: number) {
  const row = new ContestedRow();
  const time = { now: 1_000 };
  const counts: string[] = [];
  const make = (): SharedBreaker =>
    createSharedBreaker({
      store: row,
      settings: { ...settings, failures },
      clock: { now: () => time.now, sleep: async () => undefined },
      log: silentLog,
      meter: { count: (name) => counts.push(name), seconds: () => undefined, flush: () => undefined },
    });
  return { row, time, counts, make };
}

const SEEDS = Array.from({ length: 200 }, (_, index) => index);

describe('a breaker that many functions share', () => {
  it('loses no failure, in whatever order their reads and writes come', async () => {
    for (const seed of SEEDS) {
      const { row, make } = room(100);
      const tells = Array.from({ length: 9 }, () => make().tell({ generation: 0, isProbe: false }, down));
      await row.run(new SeededRandom(seed));
      await Promise.all(tells);
      expect([seed, row.row?.state]).toMatchObject([seed, { kind: 'closed', failures: 9 }]);
    }
  });

  it('lets one of many through as the probe, in whatever order they ask', async () => {
    for (const seed of SEEDS) {
      const { row, time, make, counts } = room(1);
      const opened = make().tell({ generation: 0, isProbe: false }, down);
      await row.run(new SeededRandom(seed));
      await opened;
      time.now += 5_000;
      const asks = Array.from({ length: 8 }, (_, index) =>
        make().ask({ name: `f${index}`, untilMs: time.now + 10_000 }),
      );
      await row.run(new SeededRandom(seed));
      const permits = (await Promise.all(asks)).filter((one) => one !== undefined);
      expect([seed, permits]).toEqual([seed, [{ generation: 2, isProbe: true }]]);
      expect(counts).toEqual(['WebhookBreakerOpened', 'WebhookBreakerProbed']);
    }
  });

  it('opens once, however many failures come together', async () => {
    for (const seed of SEEDS) {
      const { row, make, counts } = room(3);
      const tells = Array.from({ length: 12 }, () => make().tell({ generation: 0, isProbe: false }, down));
      await row.run(new SeededRandom(seed));
      await Promise.all(tells);
      expect([seed, row.row?.state.kind, row.writes]).toEqual([seed, 'open', 3]);
      expect(counts).toEqual(['WebhookBreakerOpened']);
    }
  });

  it('neither reads nor writes for an answer of a webhook that is up', async () => {
    const { row, make } = room(3);
    await make().tell({ generation: 0, isProbe: false }, up);
    expect(row.row).toBeUndefined();
  });
});
