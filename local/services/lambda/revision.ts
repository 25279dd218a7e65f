import { preconditionFailed } from './faults';

/** Throws PreconditionFailedException (412) when the caller asked for a revision, and it is not the current one. */
export function checkRevision(wanted: string | undefined, current: string): void {
  if (wanted && wanted !== current) throw preconditionFailed();
}
