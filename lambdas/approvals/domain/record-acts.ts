import type { Observability } from '../../shared/observability/observe';
import type { ActName } from './act';
import type { AuditRow } from './audit-chain';
import type { ApprovalRequest, RequestStatus } from './request';
import { countRequest } from './request-signals';

/** The metric that an act counts for. */
const METRICS: Readonly<Partial<Record<ActName, string>>> = {
  RequestOpened: 'ApprovalOpened',
  Decided: 'ApprovalDecided',
  Reminded: 'ApprovalReminded',
  Escalated: 'ApprovalEscalated',
  LinkClosed: 'ApprovalLinkClosed',
  CallbackDelivered: 'ApprovalCallbackDelivered',
  CallbackNotTaken: 'ApprovalCallbackGone',
  ActionRefused: 'ApprovalActionRefused',
};

const DECISION_METRICS: Readonly<Record<RequestStatus, string | undefined>> = {
  pending: undefined,
  approved: 'ApprovalApproved',
  rejected: 'ApprovalRejected',
  expired: 'ApprovalExpired',
  revoked: 'ApprovalRevoked',
};

/** Logs and counts what was written; names and numbers only, nothing of a person or a payload. */
export function recordActs({ log, meter }: Observability, request: ApprovalRequest, rows: readonly AuditRow[]): void {
  const { requestId, correlationId, status, version } = request;
  for (const { act, details } of rows) {
    const metric = METRICS[act];
    if (metric !== undefined) meter.count(metric);
    const decided = act === 'Decided' ? DECISION_METRICS[status] : undefined;
    if (decided !== undefined) meter.count(decided);
    if (act === 'MailUndeliverable' && details.isStranded === true) {
      meter.count('ApprovalUndeliverable');
      log.error('Somebody who is waited for gets no mail, and there is nobody to escalate to', {
        requestId,
        correlationId,
      });
    }
  }
  countRequest(meter, request, rows);
  const acts = rows.map(({ act }) => act).join(' ');
  log.info('The approval request is written', { requestId, correlationId, status, version, acts });
}
