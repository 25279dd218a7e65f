import type { Clock } from '../../../lambdas/shared/clock';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';

/** A clock of the handlers that a test turns. */
export interface TurnedClock extends Clock {
  readonly simulated: SimulatedClock;
}

/** The handlers' clock over a simulated one. */
export function turnedClock(simulated = new SimulatedClock()): TurnedClock {
  return {
    simulated,
    now: () => simulated.now(),
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        const timer = simulated.schedule(simulated.now() + milliseconds, resolve);
        signal?.addEventListener('abort', () => {
          timer.cancel();
          resolve();
        });
      }),
  };
}

/** An invocation that still has so much time. */
export function invocation(remainingMs = 10_000) {
  return { awsRequestId: 'request-1', getRemainingTimeInMillis: () => remainingMs };
}
