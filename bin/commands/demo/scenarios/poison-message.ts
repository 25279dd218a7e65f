import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { awaitExecution, executionArn } from '../execution';
import { Findings, type Scenario } from '../scenario';

/** A message that can never be an order, in one batch with two that are. */
export const poisonMessage: Scenario = {
  name: 'a poison message beside two good ones',
  async prepare(shop) {
    const sku = await shop.stock('beside', 10);
    const orderIds = [`left-${shop.runId}`, `right-${shop.runId}`];
    const poison = `poison-${shop.runId}`;
    return async () => {
      const bodies = [
        event({ orderId: orderIds[0], lines: [{ sku, quantity: 1 }] }),
        event({ orderId: poison, lines: [{ sku, quantity: -1 }] }),
        event({ orderId: orderIds[1], lines: [{ sku, quantity: 1 }] }),
      ];
      await shop.sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: shop.outputs.OrderQueueUrl,
          Entries: bodies.map((MessageBody, i) => ({ Id: `m${i}`, MessageBody })),
        }),
      );
      const executions = await Promise.all(
        orderIds.map((orderId) => awaitExecution(shop, executionArn(shop.outputs.OrdersMachineArn, orderId))),
      );
      const parked = await shop.take(shop.outputs.OrderDeadLetterQueueUrl, (m) => Boolean(m.Body?.includes(poison)));
      return {
        end: `${executions.map((execution) => execution.end).join(', ')}, ${parked ? '1 in the DLQ' : 'none in the DLQ'}`,
        executions,
        verify: async () => {
          const findings = new Findings();
          for (const execution of executions) findings.expect('the end', execution.end, 'OrderConfirmed');
          findings.holds('the poison message is not in the DLQ', parked !== undefined);
          const reason = parked?.MessageAttributes?.reason?.StringValue ?? '';
          findings.holds(`the reason in the DLQ does not name the quantity: "${reason}"`, reason.includes('quantity'));
          findings.expect('stock sold', (await shop.product(sku))?.sold, 2);
          return findings.problems;
        },
      };
    };
  },
};

/** The body that EventBridge would have put into the queue. */
function event(detail: object): string {
  return JSON.stringify({
    version: '0',
    id: crypto.randomUUID(),
    'detail-type': 'OrderPlaced',
    source: 'demo.shop',
    account: '000000000000',
    time: new Date().toISOString(),
    region: 'us-east-1',
    resources: [],
    detail,
  });
}
