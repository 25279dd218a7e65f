import { ApprovalRequired } from '../../../lambdas/orders/contracts/errors';
import { requireApproval } from '../../../lambdas/orders/domain/payment-approval';
import { contentHash } from '../../../lambdas/shared/content-hash';
import { invocation } from '../shared/turned-clock';
import { APPROVAL_ABOVE_CENTS, chargeOrder, createPaymentRoom } from './ports/payment-room';

const lines = [{ sku: 'desk', quantity: 2, unitPriceCents: 60_000 }];
const largeOrder = { ...chargeOrder, totalCents: 120_000, lines };
const { correlationId: _, ...shown } = largeOrder;
const approvalOf = (payload: object) => ({
  decision: 'approved' as const,
  requestId: 'r-1',
  payloadHash: contentHash(payload),
});

describe('charging a large order', () => {
  it('fails with ApprovalRequired before anything is touched', async () => {
    const room = await createPaymentRoom();
    await expect(room.charge(largeOrder, invocation())).rejects.toMatchObject({ name: 'ApprovalRequired' });
    await expect(room.charge({ ...largeOrder, approval: null }, invocation())).rejects.toBeInstanceOf(ApprovalRequired);
    expect(room.tables.sent).toEqual([]);
  });

  it('charges it once with an approval of exactly this order', async () => {
    const room = await createPaymentRoom();
    const approved = { ...largeOrder, approval: { ...approvalOf(shown), payload: shown, isEdited: false } };
    expect(await room.charge(approved, invocation())).toEqual({ paymentId: 'order-1' });
    expect(await room.charge(approved, invocation())).toEqual({ paymentId: 'order-1' });
    expect(await room.ledger()).toMatchObject({ amountCents: 120_000, captures: 1 });
    expect(room.reports).toEqual([]);
  });

  it.each([
    ['another total', { ...shown, totalCents: 110_000 }],
    ['another currency', { ...shown, currency: 'USD' }],
    ['another order', { ...shown, orderId: 'order-2' }],
    ['other lines', { ...shown, lines: [{ sku: 'desk', quantity: 1, unitPriceCents: 120_000 }] }],
    ['less than is charged', { orderId: 'order-1', totalCents: 120_000, currency: 'EUR' }],
  ])('fails with ApprovalMismatch when %s was approved, charges nothing and reports it', async (_what, payload) => {
    const room = await createPaymentRoom();
    const approval = approvalOf(payload);
    await expect(room.charge({ ...largeOrder, approval }, invocation())).rejects.toMatchObject({
      name: 'ApprovalMismatch',
    });
    expect(room.tables.sent).toEqual([]);
    expect(room.reports).toEqual([
      {
        action: 'ChargePayment',
        requestId: 'r-1',
        expectedHash: approval.payloadHash,
        actualHash: contentHash(shown),
      },
    ]);
  });

  it('fails on an approval that is none', async () => {
    const room = await createPaymentRoom();
    const approval = { ...approvalOf(shown), decision: 'rejected' };
    await expect(room.charge({ ...largeOrder, approval }, invocation())).rejects.toMatchObject({
      name: 'InvalidInput',
    });
  });

  it('fails as the report did, so that the step is tried again', async () => {
    const approvals = { actionRefused: () => Promise.reject(new Error('the queue does not answer')) };
    const approval = approvalOf({});
    await expect(requireApproval(shown, approval, { approvalAboveCents: 1, approvals })).rejects.toThrow('the queue');
  });
});

describe('charging an order at the limit', () => {
  it('needs no approval', async () => {
    const room = await createPaymentRoom();
    expect(await room.charge({ ...chargeOrder, totalCents: APPROVAL_ABOVE_CENTS }, invocation())).toEqual({
      paymentId: 'order-1',
    });
  });

  it('holds an approval against the order all the same', async () => {
    const room = await createPaymentRoom();
    await expect(room.charge({ ...chargeOrder, approval: approvalOf({}) }, invocation())).rejects.toMatchObject({
      name: 'ApprovalMismatch',
    });
  });
});
