import { isFields } from '../../../engine/validation/definition-tree';
import type { TestSubject } from './test-subject';

/** What a state's Retry and Catch would do about an error. */
export type Handling =
  | { readonly kind: 'retry'; readonly retryIndex: number; readonly intervalSeconds: number }
  | { readonly kind: 'catch'; readonly catchIndex: number }
  | { readonly kind: 'fail'; readonly retryIndex?: number };

/** Neither States.ALL nor States.TaskFailed takes these. */
const TERMINAL: ReadonlySet<string> = new Set(['States.Runtime', 'States.DataLimitExceeded']);

/** The first retrier that matches and has attempts left, else the first catcher that matches. */
export function handlingOf(
  subject: TestSubject,
  error: string | undefined,
  retryCount: number,
  chance: number,
): Handling {
  const retryIndex = indexOfMatch(subject.fields.Retry, error);
  const retrier = retryIndex === undefined ? undefined : (subject.fields.Retry as Retrier[])[retryIndex]!;
  if (retrier && retryCount < (retrier.MaxAttempts ?? 3)) {
    return { kind: 'retry', retryIndex: retryIndex!, intervalSeconds: intervalOf(retrier, retryCount, chance) };
  }
  const catchIndex = indexOfMatch(subject.fields.Catch, error);
  if (catchIndex !== undefined) return { kind: 'catch', catchIndex };
  return { kind: 'fail', retryIndex };
}

interface Retrier {
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: string;
}

function intervalOf(retrier: Retrier, retryCount: number, chance: number): number {
  const { IntervalSeconds: first = 1, BackoffRate: rate = 2, MaxDelaySeconds: most } = retrier;
  const interval = Math.min(first * rate ** retryCount, most ?? Number.POSITIVE_INFINITY);
  return Math.round(retrier.JitterStrategy === 'FULL' ? interval * chance : interval);
}

function indexOfMatch(handlers: unknown, error = ''): number | undefined {
  if (!Array.isArray(handlers)) return undefined;
  const index = handlers.findIndex((handler) => {
    const names: unknown = isFields(handler) ? handler.ErrorEquals : undefined;
    return Array.isArray(names) && names.some((name) => matches(String(name), error));
  });
  return index < 0 ? undefined : index;
}

function matches(name: string, error: string): boolean {
  if (name === error) return true;
  if (name === 'States.ALL') return !TERMINAL.has(error);
  return name === 'States.TaskFailed' && error !== 'States.Timeout' && !TERMINAL.has(error);
}
