/**
 * How long a state may go without an event in its execution's history: its TimeoutSeconds or the longest pause before one of
 * its retries, and a minute for whatever lies between.
 */

/** A state of a definition, as far as it says how long it may take. */
interface State {
  readonly Type?: unknown;
  readonly Resource?: unknown;
  readonly TimeoutSeconds?: unknown;
  readonly Seconds?: unknown;
  readonly Retry?: readonly Retrier[];
}

interface Retrier {
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxAttempts?: number;
  readonly MaxDelaySeconds?: number;
}

const GRACE_SECONDS = 60;

/**
 * Seconds for which an execution may be silent in a state of a definition, also one within a Map or a Parallel; undefined where
 * the definition does not say so in numbers: an expression, a Wait until a moment, a Map or a Parallel itself.
 */
export function silenceLimit(definition: unknown, stateName: string): number | undefined {
  const state = stateOf(definition, stateName);
  if (!state) return undefined;
  if (state.Type === 'Wait') return typeof state.Seconds === 'number' ? state.Seconds + GRACE_SECONDS : undefined;
  if (state.Type === 'Map' || state.Type === 'Parallel') return undefined;
  if (state.Type !== 'Task') return GRACE_SECONDS;
  if (typeof state.TimeoutSeconds !== 'number') return undefined;
  return Math.max(state.TimeoutSeconds, ...(state.Retry ?? []).map(longestPause)) + GRACE_SECONDS;
}

/** Whether a state of a definition waits for somebody to call back, for as long as an expression says. */
export function isWaitingForAnswer(definition: unknown, stateName: string): boolean {
  const { Resource, TimeoutSeconds } = stateOf(definition, stateName) ?? {};
  return typeof Resource === 'string' && Resource.endsWith('.waitForTaskToken') && typeof TimeoutSeconds !== 'number';
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-retrying-after-an-error */
function longestPause({ IntervalSeconds = 1, BackoffRate = 2, MaxAttempts = 3, MaxDelaySeconds }: Retrier): number {
  const last = IntervalSeconds * BackoffRate ** Math.max(0, MaxAttempts - 1);
  return Math.min(last, MaxDelaySeconds ?? last);
}

/** The state of this name, wherever it lies: names are unique in a definition. */
function stateOf(definition: unknown, name: string): State | undefined {
  if (definition === null || typeof definition !== 'object') return undefined;
  const { States } = definition as { States?: Readonly<Record<string, any>> };
  if (!States) return undefined;
  if (Object.hasOwn(States, name)) return States[name];
  const inner = Object.values(States).flatMap(({ ItemProcessor, Branches }) => [ItemProcessor, ...(Branches ?? [])]);
  return inner.map((machine) => stateOf(machine, name)).find(Boolean);
}
