import { LONGEST_REASON } from '../contracts/fields';

/** What is wrong with something that was typed: a member of the payload, or `reason`, `to`. */
export interface FieldFault {
  readonly field: string;
  readonly detail: string;
}

/** What is wrong with a reason, which has been trimmed. */
export function reasonFaults(reason: string | undefined, isRequired: boolean): FieldFault[] {
  if (reason === undefined) return isRequired ? [{ field: 'reason', detail: 'is needed for a rejection' }] : [];
  if (reason.length > LONGEST_REASON) {
    return [{ field: 'reason', detail: `must have at most ${LONGEST_REASON} characters` }];
  }
  if (/(?![\n\r\t])[\p{Cc}\p{Cs}]/u.test(reason)) {
    return [{ field: 'reason', detail: 'must not contain control characters' }];
  }
  return [];
}
