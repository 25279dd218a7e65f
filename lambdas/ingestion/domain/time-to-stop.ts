import type { Clock } from '../../shared/clock';
import type { Invocation } from '../../shared/invocation';

/** What must be left of the time for calls on their way and for writing down where the work is. */
const TIME_TO_STOP_MS = 15_000;

/** The moment in milliseconds since the epoch at which an invocation stops its work, to say in time where it is. */
export function timeToStop(clock: Clock, invocation: Pick<Invocation, 'getRemainingTimeInMillis'>): number {
  const left = invocation.getRemainingTimeInMillis();
  return clock.now() + Math.max(0, left - Math.min(TIME_TO_STOP_MS, left / 3));
}
