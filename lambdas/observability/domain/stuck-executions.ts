import type { Clock } from '../../shared/clock';
import type { Log } from '../../shared/observability/log';
import type { WatchedMachine } from '../contracts/settings';
import type { AskedRequests } from './asked-requests';
import type { Executions, RunningExecution } from './executions';
import { silentExecutions } from './silent-executions';
import { type Unexplained, unexplainedExecutions } from './unexplained-executions';

/** What looking for stuck executions works with. */
export interface StuckProps {
  readonly executions: Executions;
  /** Absent where nobody can be asked. */
  readonly requests?: AskedRequests;
  readonly clock: Clock;
  readonly log: Log;
}

/** A question is a request within seconds, and an answer is called back within seconds; so long they may take. */
const ASKED_WITHIN_MS = 90_000;

/** How many are named in the log. */
const MOST_NAMED = 20;

/** How many executions of a machine run and do not move. */
export async function countStuck(props: StuckProps, { arn: machineArn, silentAfterSeconds }: WatchedMachine) {
  const { executions, requests, clock, log } = props;
  const { executions: running, isComplete } = await executions.running(machineArn);
  const now = clock.now();
  const { executions: stuck, unjudged } =
    silentAfterSeconds === undefined
      ? await silentOrUnasked(props, running, now)
      : await unexplainedExecutions(requests, running, silentAfterSeconds * 1000, now);
  for (const executionArn of stuck.slice(0, MOST_NAMED)) log.warn('An execution does not move', { executionArn });
  if (!isComplete || unjudged > 0) {
    log.warn('Not all executions could be judged', { machineArn, running: running.length, unjudged, isComplete });
  }
  return stuck.length;
}

/** Those whose histories say that they are silent for too long, or that they wait for an answer to what no request asks. */
async function silentOrUnasked(
  { executions, requests }: StuckProps,
  running: readonly RunningExecution[],
  now: number,
): Promise<Unexplained> {
  const { silent, asking } = await silentExecutions(executions, running, now);
  if (!requests) return { executions: silent, unjudged: 0 };
  const unasked = await unexplainedExecutions(requests, asking, ASKED_WITHIN_MS, now);
  return { ...unasked, executions: [...silent, ...unasked.executions] };
}
