import type { LinkView, RequestView } from '../../../../../lambdas/approvals/domain/page-service';
import type { Decision, RequestStatus } from '../../../../../lambdas/approvals/domain/request';

/** A link that opens a request. */
export type OpenLink = Extract<LinkView, { kind: 'request' }>;

const OPENED_AT = Date.UTC(2026, 2, 3, 14, 5);

/** A request that waits for two of three. */
export const sampleView: RequestView = {
  requestId: 'Zk3fQ9a1b2c3d4e5f6g7h4FQK2A',
  status: 'pending',
  title: 'Refund order 20-4711',
  description: 'The parcel arrived damaged.\nPhotos are in the ticket.',
  requesterName: 'Anna Berg',
  payload: { orderId: '20-4711', amount: 1250.5, note: 'in full', customer: { city: 'Köln', zip: '50667' }, tags: [] },
  payloadHash: 'c2FtcGxlLWhhc2gtb2YtdGhlLXBheWxvYWQtMDEyMzQ',
  editable: {},
  openedAt: OPENED_AT,
  expiresAt: OPENED_AT + 3 * 86_400_000,
  ruleInWords: '2 of 3 approvers decide',
  answers: [
    {
      person: 'ben@example.com',
      decision: 'approve',
      at: OPENED_AT + 60_000,
      payloadHash: 'x',
      reason: 'Looks right.',
    },
  ],
  waitingFor: ['carla@example.com', 'dan@example.com'],
};

/** The same request with values that the approver may change. */
export const editableView: RequestView = {
  ...sampleView,
  payload: { ...sampleView.payload, currency: 'EUR', notify: true },
  editable: {
    amount: { label: 'Amount', type: 'number', minimum: 0, maximum: 2000 },
    currency: { label: 'Currency', type: 'choice', choices: ['EUR', 'USD'] },
    note: { label: 'Note', type: 'text', maxLength: 500 },
    notify: { label: 'Tell the customer', type: 'boolean' },
  },
};

/** A request that has ended. */
export function decidedView(
  status: Exclude<RequestStatus, 'pending'>,
  decision: Partial<Decision> = {},
  view: RequestView = sampleView,
): RequestView {
  return {
    ...view,
    status,
    waitingFor: [],
    decision: {
      status,
      by: status === 'expired' ? 'expiry' : 'carla@example.com',
      at: OPENED_AT + 7_200_000,
      payload: view.payload,
      payloadHash: view.payloadHash,
      isEdited: false,
      ...decision,
    },
  };
}

/** A link as an approver holds it. */
export function linkTo(view: RequestView = sampleView, more: Partial<OpenLink> = {}): OpenLink {
  const can = view.status === 'pending' ? (['approve', 'reject', 'delegate'] as const) : [];
  return { kind: 'request', person: 'carla@example.com', role: 'approver', view, can, ...more };
}

/** A link as the requester holds it. */
export function requesterLink(view: RequestView = sampleView): OpenLink {
  const can = view.status === 'pending' ? (['revoke'] as const) : [];
  return linkTo(view, { role: 'requester', person: 'anna@example.com', can });
}
