import { badRequest, notFound } from './faults';
import type { SuppressedDestination, SuppressionReason } from './model';
import type { SesStore } from './store';

/** Throws NotFoundException. */
export function existingSuppression(store: SesStore, address: string): SuppressedDestination {
  const destination = store.suppressedDestination(address);
  if (!destination) throw notFound(`Email address ${address} does not exist on your suppression list.`);
  return destination;
}

/** Throws BadRequestException. */
export function readReason(reason: unknown): SuppressionReason {
  if (reason === 'BOUNCE' || reason === 'COMPLAINT') return reason;
  throw badRequest(`The reason of a suppression is BOUNCE or COMPLAINT, not ${reason}.`);
}

export function describeSuppression({ address, reason, updatedAtMs }: SuppressedDestination) {
  return { EmailAddress: address, Reason: reason, LastUpdateTime: updatedAtMs / 1000 };
}
