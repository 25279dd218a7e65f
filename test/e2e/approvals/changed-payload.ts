import { contentHash } from '../../../lambdas/shared/content-hash';
import { type ApprovalStacks, payloadHashIn } from '../../support/approvals/approval-stacks';
import { askedOrder } from '../../support/approvals/asked-order';

/** Cases on a deployment that somebody else starts and stops. */
export function changedPayloads(shared: () => ApprovalStacks): void {
  describe('a payload that somebody changes in the table', () => {
    let stacks: ApprovalStacks;
    beforeAll(() => {
      stacks = shared();
    });

    /** Overwrites members of a request as whoever may write to the table could. */
    async function tamper(requestId: string, change: (request: any) => object): Promise<void> {
      const request = await stacks.request(requestId);
      await stacks.call('dynamodb', 'UpdateItem', {
        TableName: stacks.outputs.ApprovalsTableName,
        Key: { pk: { S: `request#${requestId}` }, sk: { S: 'request' } },
        UpdateExpression: 'SET #request = :request',
        ExpressionAttributeNames: { '#request': 'request' },
        ExpressionAttributeValues: { ':request': { S: JSON.stringify({ ...request, ...change(request) }) } },
      });
    }
    const dearer = ({ payload }: any) => ({ payload: { ...payload, amount: 999_999 } });
    const dearerWithHash = (request: any) => {
      const { payload } = dearer(request);
      return { payload, payloadHash: contentHash(payload) };
    };
    const row = async (table: string, key: object) =>
      (await stacks.call('dynamodb', 'GetItem', { TableName: stacks.orders[table], Key: key, ConsistentRead: true }))
        .Item;

    it.each([
      ['between the mail and the page', dearer, 'after the mail'],
      ['between the page and the click', dearer, 'after the page'],
      ['between the page and the click, with its hash', dearerWithHash, 'after the page'],
    ])('cannot be approved: %s', async (_when, change, moment) => {
      const asked = await stacks.invite();
      await stacks.settled(asked.requestId);
      if (moment === 'after the mail') await tamper(asked.requestId, change);
      const payloadHash = payloadHashIn((await stacks.page(`/a/${asked.linkId}`)).body);
      if (moment === 'after the page') await tamper(asked.requestId, change);
      const answer = await stacks.post(asked.linkId, {
        act: 'decide',
        decision: 'approve',
        payloadHash,
        code: asked.code,
      });
      expect(answer.status).toBe(409);
      expect((await stacks.request(asked.requestId)).status).toBe('pending');
      expect((await stacks.acts(asked.requestId)).map(({ act }) => act)).toContain('DecisionRefused');
      const { status } = await stacks.call('states', 'DescribeExecution', { executionArn: asked.executionArn });
      expect(status).toBe('RUNNING');
    });

    it('can be rejected, and nothing is done', async () => {
      const asked = await stacks.invite();
      await stacks.settled(asked.requestId);
      await tamper(asked.requestId, dearer);
      expect((await stacks.decide(asked, 'reject')).status).toBe(200);
      expect(await stacks.ended(asked.executionArn)).toMatchObject({ status: 'FAILED', error: 'ApprovalRejected' });
    });

    it('is not charged when it was approved in place of the order: reported, recorded, compensated', async () => {
      const asked = await askedOrder(stacks, 'tampered');
      await stacks.settled(asked.requestId);
      const cheap = ({ payload }: any) => {
        const changed = { ...payload, totalCents: 100 };
        return { payload: changed, payloadHash: contentHash(changed) };
      };
      await tamper(asked.requestId, cheap);
      expect((await stacks.decide(asked, 'approve')).status).toBe(200);
      await stacks.ended(asked.executionArn);
      expect((await row('OrdersTableName', { orderId: { S: 'tampered' } })).status.S).toBe('OrderCompensated');
      expect(await row('PaymentsTableName', { paymentKey: { S: 'tampered' } })).toMatchObject({
        state: { S: 'voided' },
      });
      expect(await row('StockTableName', { sku: { S: 'tampered' } })).toMatchObject({
        onHand: { N: '2' },
        held: { N: '0' },
        sold: { N: '0' },
      });
      const refused = await stacks.until('audit row of the refused action', async () =>
        (await stacks.acts(asked.requestId)).find(({ act }) => act === 'ActionRefused'),
      );
      const { payload } = JSON.parse((await stacks.row(asked.requestId)).request.S);
      expect(refused.details).toMatchObject({
        action: { S: 'ChargePayment' },
        expectedHash: { S: contentHash(payload) },
      });
    });

    it('is not charged by a call of the function with another approval', async () => {
      const { functionName } = await chargeFunction();
      const order = { orderId: 'direct', currency: 'EUR', totalCents: 500_000 };
      const lines = [{ sku: 'direct', quantity: 1, unitPriceCents: 500_000 }];
      const { requestId } = await stacks.invite();
      const approved = contentHash({ ...order, totalCents: 1, lines });
      const Payload = JSON.stringify({
        ...{ ...order, lines, approval: { decision: 'approved', requestId, payloadHash: approved } },
      });
      const answer = await stacks.call('lambda', 'Invoke', {
        FunctionName: functionName,
        Payload: Buffer.from(Payload),
      });
      expect(answer.FunctionError).toBe('Unhandled');
      expect(JSON.parse(Buffer.from(answer.Payload).toString()).errorType).toBe('ApprovalMismatch');
      expect(await row('PaymentsTableName', { paymentKey: { S: 'direct' } })).toBeUndefined();
      await stacks.until('audit row of the refused action', async () =>
        (await stacks.acts(requestId)).find(({ act }) => act === 'ActionRefused'),
      );
    });

    async function chargeFunction(): Promise<{ functionName: string }> {
      const { Functions } = await stacks.call('lambda', 'ListFunctions', {});
      const names = Functions.map(({ FunctionName }: any) => FunctionName) as string[];
      return { functionName: names.find((name) => name.includes('ChargePayment'))! };
    }
  });
}
