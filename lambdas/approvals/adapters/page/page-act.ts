import { LONGEST_REASON } from '../../contracts/fields';
import type { PageAct } from '../../domain/page-service';
import { editsOf } from './editable-fields';
import { FormRefused } from './form-body';
import { MALFORMED_PAGE } from './message-pages';
import type { ShownFault } from './notice';
import type { OpenLink } from './request-page';
import type { Submission } from './submission';

/**
 * What the person wants to do, or what is missing. A code that has not six digits is refused here and costs no attempt,
 * so that a scanner that submits the form as it stands closes no link. Throws FormRefused for fields that the page
 * never showed.
 */
export function pageActOf(submission: Submission, { view, can }: OpenLink): PageAct | readonly ShownFault[] {
  const { act, decision, payloadHash, to } = submission;
  const reason = submission.reason === '' ? undefined : submission.reason;
  const code = submission.code.replace(/[\s\p{Pd}]/gu, '');
  const edits = editsOf(view, submission.edits);
  if (edits === 'unknown') throw new FormRefused(MALFORMED_PAGE);

  const faults: ShownFault[] = [];
  const fault = (field: string, detail: string) => faults.push({ id: `${act}-${field}`, detail });
  if (act === 'decide' && !decision) {
    fault(can.includes('approve') ? 'approve' : 'reject', 'Choose whether you approve or reject.');
  }
  if (decision === 'reject' && reason === undefined) fault('reason', 'Say why you reject.');
  if ((reason ?? '').length > LONGEST_REASON) {
    fault('reason', `Shorten the reason to ${LONGEST_REASON} characters.`);
  }
  if (act === 'delegate' && to === '') fault('to', 'Type the mail address of your colleague.');
  if (!/^\d{6}$/.test(code)) fault('code', 'Type the six digits of the code from the mail.');
  if (faults.length > 0) return faults;

  if (act === 'delegate') return { kind: 'delegate', code, to };
  if (act === 'revoke') return { kind: 'revoke', code, ...(reason && { reason }) };
  if (decision === 'reject') return { kind: 'reject', code, payloadHash: payloadHash!, reason: reason! };
  return { kind: 'approve', code, payloadHash: payloadHash!, ...(edits && { edits }), ...(reason && { reason }) };
}
