import type { Clock } from './clock';

/**
 * The client's own deadline: gives the outcome of `call`, or throws what `timedOut` makes once `milliseconds` have
 * passed. The call itself is not stopped, as a request that has left cannot be called back: its effect may still
 * land.
 */
export async function withDeadline<T>(
  clock: Clock,
  milliseconds: number,
  call: () => Promise<T>,
  timedOut: () => Error,
): Promise<T> {
  const answered = new AbortController();
  const outcome = call().finally(() => answered.abort());
  const expiry = clock.sleep(milliseconds, answered.signal).then(() => {
    // Woken early because the call has answered: the race is the call's.
    if (answered.signal.aborted) return outcome;
    throw timedOut();
  });
  // Whichever loses the race must not end the process as an unhandled rejection.
  outcome.catch(() => undefined);
  expiry.catch(() => undefined);
  return Promise.race([outcome, expiry]);
}
