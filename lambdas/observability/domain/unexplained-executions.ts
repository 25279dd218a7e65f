import { type AskedRequests, ENDED } from './asked-requests';
import type { RunningExecution } from './executions';

/** Pending requests that are looked at in one run. */
const MOST_PENDING = 1_000;

/** Executions of one machine whose decided requests are looked for in one run, and requests of each status for each. */
const MOST_LOOKED_UP = 20;
const MOST_DECIDED = 200;

/** A request may seem to be older than the state that asked: clocks differ, and an ask that is tried again is the same request. */
const OLDER_MS = 5 * 60_000;

/** What was found, and of how many nobody can tell. */
export interface Unexplained {
  readonly executions: readonly string[];
  readonly unjudged: number;
}

/**
 * Executions that have run, or waited in one state, for longer than they do when no person is waited for:
 * neither a pending request explains it, nor one that was decided within that time. An ask comes early: what asks for the
 * first time after `silentAfterMs` was reported before.
 */
export async function unexplainedExecutions(
  requests: Pick<AskedRequests, 'opened'> | undefined,
  running: readonly RunningExecution[],
  silentAfterMs: number,
  now: number,
): Promise<Unexplained> {
  const late = running.filter(({ startedAt }) => now - startedAt > silentAfterMs);
  if (late.length === 0 || !requests) return { executions: late.map(({ arn }) => arn), unjudged: 0 };
  const oldest = Math.min(...late.map(({ startedAt }) => startedAt)) - OLDER_MS;
  const pending = await requests.opened({ status: 'pending', from: oldest, to: now, most: MOST_PENDING });
  const explained = new Set(pending.requests.map(({ askedBy }) => askedBy));
  const rest = late.filter(({ arn }) => !explained.has(arn));
  // A pending request that was not listed may explain any of them.
  if (!pending.isComplete) return { executions: [], unjudged: rest.length };
  const executions: string[] = [];
  for (const execution of rest.slice(0, MOST_LOOKED_UP)) {
    if (!(await wasDecidedLately(requests, execution, silentAfterMs, now))) executions.push(execution.arn);
  }
  return { executions, unjudged: Math.max(0, rest.length - MOST_LOOKED_UP) };
}

async function wasDecidedLately(
  requests: Pick<AskedRequests, 'opened'>,
  { arn, startedAt }: RunningExecution,
  silentAfterMs: number,
  now: number,
): Promise<boolean> {
  const to = Math.min(now, startedAt + silentAfterMs);
  for (const status of ENDED) {
    const found = await requests.opened({ status, from: startedAt - OLDER_MS, to, most: MOST_DECIDED });
    const decidedAt = found.requests.find(({ askedBy }) => askedBy === arn)?.decidedAt;
    if (decidedAt !== undefined) return now - decidedAt <= silentAfterMs;
    if (!found.isComplete) return true;
  }
  return false;
}
