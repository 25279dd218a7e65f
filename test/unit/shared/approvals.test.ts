import { ApprovalMismatch } from '../../../lambdas/shared/approvals/approval-mismatch';
import { checkApproved } from '../../../lambdas/shared/approvals/check-approved';
import { createRefusedActionReport } from '../../../lambdas/shared/approvals/refused-action-report';
import { contentHash } from '../../../lambdas/shared/content-hash';
import { createApprovalsRoom } from '../../support/approvals/approvals-room';

const payload = { orderId: 'order-1', totalCents: 900_000, lines: [{ sku: 'lamp', quantity: 3 }] };
const approval = { decision: 'approved', requestId: 'r'.repeat(27), payloadHash: contentHash(payload) } as const;

describe('an approval', () => {
  it('is for exactly its payload, whatever the order of members', () => {
    const { orderId, totalCents, lines } = payload;
    expect(() => checkApproved(approval, { lines, totalCents, orderId })).not.toThrow();
  });

  it.each<[string, object, object]>([
    ['another payload', approval, { ...payload, totalCents: 900_001 }],
    ['another hash', { ...approval, payloadHash: 'other' }, payload],
    ['a decision that is none', { ...approval, decision: 'rejected' }, payload],
  ])('rejects %s', (_what, given, about) => {
    expect(() => checkApproved(given as typeof approval, about)).toThrow(ApprovalMismatch);
  });

  it('is reported as not acted on in a message that the approvals queue takes', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open();
    const report = createRefusedActionReport({ send: (body) => room.deliver(body) });
    const mismatch = new ApprovalMismatch(requestId, approval.payloadHash, contentHash({}));
    await report.actionRefused('ChargePayment', mismatch);
    expect(room.store.auditRows(requestId).at(-1)).toMatchObject({
      act: 'ActionRefused',
      details: { action: 'ChargePayment' },
    });
    expect(room.deadLetters).toEqual([]);
  });
});
