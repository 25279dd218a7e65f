import type { RequestView } from '../../domain/page-service';
import type { Answer, Decision, RequestStatus } from '../../domain/request';

/** What people call a request: the last six characters of its id, in mails' subjects and on the page. */
export function referenceOf(requestId: string): string {
  return requestId.slice(-6);
}

/** A status as a word of its own. */
export const STATUS_WORDS: Readonly<Record<RequestStatus, string>> = {
  pending: 'Waiting',
  approved: 'Approved',
  rejected: 'Rejected',
  expired: 'Expired',
  revoked: 'Withdrawn',
};

/**
 * Who ended a request; undefined where nobody did. Of an operator's ARN only the last part is told, since the rest is
 * nobody's business who reads a mail.
 */
export function deciderOf({ by }: Decision): string | undefined {
  if (by === 'expiry') return undefined;
  return by.startsWith('arn:') ? `operator ${by.slice(by.search(/[^/:]*$/))}` : by;
}

/** What an answer said. */
export function answerWord({ decision }: Answer): string {
  return decision === 'approve' ? 'approved' : 'rejected';
}

/** What a payload is called: it stands for something else before a decision and after. */
export function payloadHeading(status: RequestStatus): string {
  if (status === 'pending') return 'What will be done';
  return status === 'approved' ? 'What was approved' : 'What was asked for';
}

/** A hash in groups of four, to be compared by eye. */
export function grouped(hash: string): string {
  return hash.replace(/.{4}(?=.)/gs, '$& ');
}

/** The two ends of a hash, enough to tell payloads apart at a glance; the whole of it stands on the page. */
export function shortHash(hash: string): string {
  return hash.length <= 16 ? grouped(hash) : `${grouped(hash.slice(0, 8))} … ${grouped(hash.slice(-8))}`;
}

/** A code with a gap in its middle: `482 913`. */
export function spacedCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}

/** A member of the payload that an approver changed. */
export interface Change {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What the approver changed: editable members only, which hold no lists or objects. */
export function changesOf({ payload, editable, decision }: RequestView): Change[] {
  if (!decision?.isEdited) return [];
  return Object.keys(editable)
    .map((name) => ({ name, before: payload[name], after: decision.payload[name] }))
    .filter(({ before, after }) => before !== after);
}
