import { type Awaitable, isPromise } from '../data/scope';

/**
 * Work that goes on synchronously for as long as it can and yields only promises (of JSONata): plain code for those who
 * write it, and no promise at all for a chain of JSONPath states.
 */
export type Steps<T = void> = Generator<Promise<unknown>, T, unknown>;

/** The value, waited for if it is a promise. */
export function* settle<T>(value: Awaitable<T>): Steps<T> {
  return isPromise(value) ? ((yield value) as T) : value;
}

/** Runs to the end; a promise only if one was met on the way. */
export function runSteps<T>(steps: Steps<T>): Awaitable<T> {
  const first = steps.next();
  return first.done ? first.value : finish(steps, first.value);
}

async function finish<T>(steps: Steps<T>, firstPromise: Promise<unknown>): Promise<T> {
  let promise = firstPromise;
  for (;;) {
    const settled = await promise.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    const result = 'error' in settled ? steps.throw(settled.error) : steps.next(settled.value);
    if (result.done) return result.value;
    promise = result.value;
  }
}
