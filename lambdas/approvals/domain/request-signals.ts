import type { Meter } from '../../shared/observability/meter';
import { SIGNALS } from '../../shared/observability/workflow-signals';
import type { AuditRow } from './audit-chain';
import type { ApprovalRequest } from './request';

/**
 * Counts how a request fares, and measures how long it takes; `rows` are the acts that were just written. Each request counts
 * once: as bad when first somebody who is waited for cannot be reached, when it expires before any mail was taken, or when its
 * workflow waits no more; else as good, once the workflow has been told.
 */
export function countRequest(meter: Meter, request: ApprovalRequest, rows: readonly AuditRow[]): void {
  const { status, decision, openedAt, mailTakenAt, strandedAt } = request;
  for (const { act, at } of rows) {
    if (act === 'Decided' && (status === 'approved' || status === 'rejected') && decision) {
      meter.seconds(SIGNALS.approvalTurnaround, (decision.at - openedAt) / 1000);
    }
    if (strandedAt !== undefined) continue;
    if (act === 'CallbackNotTaken') meter.count(SIGNALS.bad);
    if (act !== 'CallbackDelivered') continue;
    if (status === 'expired' && mailTakenAt === undefined) {
      meter.count(SIGNALS.bad);
      continue;
    }
    meter.count(SIGNALS.good);
    meter.seconds(SIGNALS.endToEnd, (Date.parse(at) - openedAt) / 1000);
  }
  const isNewlyStranded = rows.some(({ act, at }) => act === 'MailUndeliverable' && Date.parse(at) === strandedAt);
  if (isNewlyStranded) meter.count(SIGNALS.bad);
}
