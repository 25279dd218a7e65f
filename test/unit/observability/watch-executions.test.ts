import type { WatchedMachine, WatchedTrails } from '../../../lambdas/observability/contracts/settings';
import type { AskedRequest, AskedRequests, RequestStatus } from '../../../lambdas/observability/domain/asked-requests';
import { sampledMoment } from '../../../lambdas/observability/domain/audit-samples';
import type { Executions, LatestMove } from '../../../lambdas/observability/domain/executions';
import { createWatchExecutions } from '../../../lambdas/observability/domain/watch-executions';
import { keptLog } from '../orders/ports/memory-ports';
import { keptGauges } from './kept-gauges';

const NOW = Date.UTC(2026, 0, 1, 12);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const SAGA: WatchedMachine = { service: 'orders', arn: 'arn:stateMachine:saga', silentAfterSeconds: 180 };
const INGEST: WatchedMachine = { service: 'ingestion', arn: 'arn:stateMachine:ingest' };
const DEFINITION = {
  States: {
    Parse: { Type: 'Task', TimeoutSeconds: 60 },
    Late: { Type: 'Task', TimeoutSeconds: '{%%}' },
    Ask: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', TimeoutSeconds: '{%%}' },
  },
};

interface World {
  machines?: readonly WatchedMachine[];
  trails?: WatchedTrails;
  /** Ages of the running executions of each machine, in milliseconds; each is called by its place. */
  running?: Readonly<Record<string, readonly number[]>>;
  isListed?: boolean;
  moves?: Readonly<Record<string, LatestMove>>;
  requests?: readonly (AskedRequest & { status: RequestStatus })[];
  isWhole?: (request: AskedRequest) => boolean;
  succeeded?: readonly string[];
  rows?: readonly string[];
}

function setUp(world: World) {
  const { machines = [SAGA], trails = {}, isListed = true } = world;
  const { gauges, shown } = keptGauges();
  const { log, lines } = keptLog();
  const read: string[] = [];
  const executions: Executions = {
    running: async (arn) => ({
      executions: (world.running?.[arn] ?? [])
        .map((age, index) => ({ arn: `${arn}:${index}`, startedAt: NOW - age }))
        .sort((one, other) => one.startedAt - other.startedAt),
      isComplete: isListed,
    }),
    latestMove: async (arn) => {
      read.push(arn);
      return world.moves?.[arn];
    },
    definition: async () => DEFINITION,
    succeeded: async () => world.succeeded ?? [],
  };
  const requests: AskedRequests = {
    oldestPending: async () =>
      world.requests
        ?.filter(({ status }) => status === 'pending')
        .map(({ openedAt }) => openedAt)
        .sort()[0],
    opened: async ({ status, from, to, most }) => {
      const found = (world.requests ?? []).filter(
        (request) => request.status === status && request.openedAt >= from && request.openedAt <= to,
      );
      return { requests: found.slice(0, most), isComplete: found.length <= most };
    },
    isAuditWhole: async (request) => world.isWhole?.(request) ?? true,
  };
  const clock = { now: () => NOW, sleep: async () => undefined };
  const rowsOf = async (_table: string, ids: readonly string[]) =>
    new Set(ids.filter((id) => world.rows?.includes(id)));
  const rows = { endedOrders: rowsOf, knownDocuments: rowsOf };
  const props = { machines, trails, executions, requests, rows, gauges, clock, log };
  return { props, executions, requests, shown, lines, read, watch: () => createWatchExecutions(props)() };
}

const request = (status: RequestStatus, place: number, openedAt: number, decidedAt?: number, machine = SAGA) => ({
  ...{ requestId: `r-${place}`, status, openedAt, decidedAt, askedBy: `${machine.arn}:${place}` },
});

describe('executions whose histories are encrypted', () => {
  it.each([
    ['none while it is young', 180 * SECOND, [], 0],
    ['one that runs longer, and nobody is asked', 181 * SECOND, [], 1],
    ['none while somebody is asked', 3 * 3_600_000, [request('pending', 0, NOW - 3 * 3_600_000 + 5_000)], 0],
    ['one when somebody else is asked', 181 * SECOND, [request('pending', 7, NOW - 100_000)], 1],
    ['none when the request seems older than the run', 181 * SECOND, [request('pending', 0, NOW - 190_000)], 0],
    ['none when the decided one seems so', 181 * SECOND, [request('approved', 0, NOW - 190_000, NOW - 9_000)], 0],
    ['none just after somebody decided', 3_600_000, [request('approved', 0, NOW - 3_590_000, NOW - 180_000)], 0],
    ['one when the decision was long ago', 3_600_000, [request('approved', 0, NOW - 3_590_000, NOW - 181_000)], 1],
    [
      'one when nobody decided in time and it goes on',
      3_600_000,
      [request('expired', 0, NOW - 3_590_000, NOW - 400_000)],
      1,
    ],
  ])('stand still: %s', async (_what, age, requests, stuck) => {
    const { watch, shown, lines } = setUp({ running: { [SAGA.arn]: [age] }, requests });
    await watch();
    expect(shown['orders StuckExecutions']).toBe(stuck);
    expect(lines.filter((line) => line.includes(`${SAGA.arn}:0`))).toHaveLength(stuck);
  });

  it('are not judged when requests are too many to look at, and the log says so', async () => {
    const requests = Array.from({ length: 1_001 }, (_, index) => request('pending', index + 10, NOW - 200_000));
    const { watch, shown, lines } = setUp({ running: { [SAGA.arn]: [300_000, 300_000] }, requests });
    await watch();
    expect(shown['orders StuckExecutions']).toBe(0);
    expect(lines.join()).toContain('"unjudged":2');
  });

  it('are looked up in their decided requests twenty at a time; the others are not judged', async () => {
    const { watch, shown, lines } = setUp({ running: { [SAGA.arn]: Array(30).fill(300_000) } });
    await watch();
    expect(shown['orders StuckExecutions']).toBe(20);
    expect(lines.join()).toContain('"unjudged":10');
  });

  it('stand still whatever their age explains where nobody can be asked', async () => {
    const { props, shown } = setUp({ running: { [SAGA.arn]: Array(30).fill(300_000) } });
    await createWatchExecutions({ ...props, requests: undefined })();
    expect(shown['orders StuckExecutions']).toBe(30);
    expect(shown['approvals PendingApprovalAgeSeconds']).toBeUndefined();
  });
});

describe('executions whose histories can be read', () => {
  const first = `${INGEST.arn}:0`;

  it.each([
    ['none that has moved', 119 * SECOND, 'Parse', 0],
    ['one that is silent for longer than its state allows', 121 * SECOND, 'Parse', 1],
    ['none in a state that says no number', 90 * MINUTE, 'Late', 0],
    ['none that has just asked somebody', 90 * SECOND, 'Ask', 0],
    ['one that waits for an answer, and nobody is asked', 91 * SECOND, 'Ask', 1],
  ])('stand still: %s', async (_what, silentMs, state, stuck) => {
    const { watch, shown } = setUp({
      machines: [INGEST],
      running: { [INGEST.arn]: [100 * MINUTE] },
      moves: { [first]: { at: NOW - silentMs, state } },
    });
    await watch();
    expect(shown['ingestion StuckExecutions']).toBe(stuck);
  });

  it.each([
    ['none while somebody is asked', [request('pending', 0, NOW - 89 * MINUTE, undefined, INGEST)], 0],
    ['none just after somebody decided', [request('approved', 0, NOW - 89 * MINUTE, NOW - MINUTE, INGEST)], 0],
    ['one long after somebody decided', [request('approved', 0, NOW - 89 * MINUTE, NOW - 5 * MINUTE, INGEST)], 1],
    ['one when somebody is asked for another', [request('pending', 7, NOW - 89 * MINUTE, undefined, INGEST)], 1],
  ])('that wait for an answer stand still: %s', async (_what, requests, stuck) => {
    const { watch, shown } = setUp({
      machines: [INGEST],
      running: { [INGEST.arn]: [100 * MINUTE] },
      moves: { [first]: { at: NOW - 90 * MINUTE, state: 'Ask' } },
      requests,
    });
    await watch();
    expect(shown['ingestion StuckExecutions']).toBe(stuck);
  });

  it('are not read while they are younger than a minute', async () => {
    const { watch, read } = setUp({ machines: [INGEST], running: { [INGEST.arn]: [59 * SECOND, 61 * SECOND] } });
    await watch();
    expect(read).toEqual([`${INGEST.arn}:1`]);
  });

  it('are read a hundred a minute, others in each', async () => {
    const { props, read } = setUp({ machines: [INGEST], running: { [INGEST.arn]: Array(250).fill(10 * MINUTE) } });
    const times = [0, 1, 2, 3].map((minutes) => NOW + minutes * MINUTE);
    const counts: number[] = [];
    for (const time of times) {
      const before = read.length;
      await createWatchExecutions({ ...props, clock: { ...props.clock, now: () => time } })();
      counts.push(read.length - before);
    }
    expect(counts.sort()).toEqual([100, 100, 100, 50].sort());
    expect(new Set(read).size).toBe(250);
  });

  it('say so when more run than are listed', async () => {
    const { watch, lines } = setUp({ isListed: false });
    await watch();
    expect(lines.join()).toContain('Not all executions could be judged');
  });
});

describe('pending requests', () => {
  it('have the age of the oldest', async () => {
    const requests = [
      request('pending', 1, NOW - 90_000),
      request('pending', 2, NOW - 30_000),
      request('approved', 3, 0),
    ];
    const { watch, shown } = setUp({ requests });
    await watch();
    expect(shown['approvals PendingApprovalAgeSeconds']).toBe(90);
  });

  it('have no age when there are none', async () => {
    const { watch, shown } = setUp({});
    await watch();
    expect(shown['approvals PendingApprovalAgeSeconds']).toBe(0);
  });
});

describe('trails', () => {
  const runs = { table: 't', machineArn: 'm' };

  it('are sampled, and what lacks its rows is counted and named', async () => {
    const key = (letter: string) => letter.repeat(32);
    const { watch, shown, lines } = setUp({
      trails: { orders: runs, ingestion: runs },
      succeeded: [`${key('a')}-1`, `${key('a')}-2`, `${key('b')}-1`],
      rows: [`${key('a')}-1`, key('a')],
    });
    await watch();
    expect(shown).toMatchObject({
      ...{ 'orders AuditSampled': 3, 'orders AuditMissing': 2 },
      ...{ 'ingestion AuditSampled': 2, 'ingestion AuditMissing': 1 },
      ...{ 'approvals AuditSampled': 0, 'approvals AuditMissing': 0 },
    });
    expect(lines.filter((line) => line.includes('lacks its trail'))).toHaveLength(3);
  });

  it('of requests are as long as their requests say', async () => {
    const ended = (place: number) => ({ ...request('approved', place, NOW - MINUTE), auditCount: 3, auditHead: 'h' });
    const requests = [ended(1), ended(2), { ...ended(3), auditCount: undefined }];
    const { watch, shown } = setUp({ requests, isWhole: ({ requestId }) => requestId !== 'r-2' });
    await watch();
    expect(shown).toMatchObject({ 'approvals AuditSampled': 2, 'approvals AuditMissing': 1 });
  });

  it('are looked at from another moment of the last ninety days in every other minute', () => {
    expect(sampledMoment(NOW)).toBe(NOW);
    const odd = Array.from({ length: 90 }, (_, index) => NOW + (2 * index + 1) * MINUTE);
    const days = odd.map((now) => (now - sampledMoment(now)) / 86_400_000);
    expect(Math.min(...days)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...days)).toBeLessThan(90);
    // Ninety moments leave no gap of a week.
    const sorted = [0, ...days.sort((one, other) => one - other), 90];
    expect(Math.max(...sorted.slice(1).map((day, index) => day - sorted[index]!))).toBeLessThan(7);
  });
});

describe('a watch of which a part fails', () => {
  it('publishes the rest, nothing of what failed, and fails', async () => {
    const { props, executions, shown } = setUp({ machines: [SAGA, INGEST] });
    const failing = {
      ...executions,
      running: (arn: string) => (arn === SAGA.arn ? Promise.reject(new Error('throttled')) : executions.running(arn)),
    };
    await expect(createWatchExecutions({ ...props, executions: failing })()).rejects.toThrow('throttled');
    expect(Object.keys(shown).sort()).toEqual([
      ...['approvals AuditMissing', 'approvals AuditSampled', 'approvals PendingApprovalAgeSeconds'],
      'ingestion StuckExecutions',
    ]);
  });
});
