import type { DeployedState } from '../redrive/repeat';

/** What passes between two events of a state that is neither waiting nor running a task. */
const GRACE_SECONDS = 60;

interface Retrier {
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxAttempts?: number;
  readonly MaxDelaySeconds?: number;
}

/**
 * The longest that a state may go without an event, in seconds: its TimeoutSeconds, or the longest pause before one of its retries, and a
 * minute. Undefined where the definition does not say so in numbers: an expression, a Wait until a moment, a Map or a Parallel, whose inner
 * states have the events.
 */
export function silenceLimit(state: DeployedState): number | undefined {
  if (state.Type === 'Wait') return typeof state.Seconds === 'number' ? state.Seconds + GRACE_SECONDS : undefined;
  if (state.Type !== 'Task') return ['Map', 'Parallel'].includes(state.Type) ? undefined : GRACE_SECONDS;
  if (typeof state.TimeoutSeconds !== 'number') return undefined;
  const pauses = ((state.Retry as readonly Retrier[] | undefined) ?? []).map(longestPause);
  return Math.max(state.TimeoutSeconds, ...pauses) + GRACE_SECONDS;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-retrying-after-an-error */
function longestPause({ IntervalSeconds = 1, BackoffRate = 2, MaxAttempts = 3, MaxDelaySeconds }: Retrier): number {
  const last = IntervalSeconds * BackoffRate ** Math.max(0, MaxAttempts - 1);
  return MaxDelaySeconds === undefined ? last : Math.min(last, MaxDelaySeconds);
}
