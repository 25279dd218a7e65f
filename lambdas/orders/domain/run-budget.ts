import type { Invocation } from '../../shared/invocation';

/** A run begins nothing with less time than one order may take: a provider is slow at worst. */
const TIME_FOR_ONE_MS = 30_000;

/** Whether an invocation has time for one order more. */
export function hasTime(invocation: Pick<Invocation, 'getRemainingTimeInMillis'>): boolean {
  return invocation.getRemainingTimeInMillis() >= TIME_FOR_ONE_MS;
}
