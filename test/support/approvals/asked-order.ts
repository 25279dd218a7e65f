import type { ApprovalStacks, Invitation } from './approval-stacks';

/** More than an order may cost without an approval. */
const PRICE_CENTS = 250_000;

/** An order that waits for its approval. */
export interface AskedOrder extends Invitation {
  readonly orderId: string;
  readonly executionArn: string;
  readonly requestId: string;
}

/** Puts two lamps on the shelf, orders one, and waits for the mail that asks. */
export async function askedOrder(stacks: ApprovalStacks, orderId: string, customer?: object): Promise<AskedOrder> {
  const { orders } = stacks;
  const N = (value: number) => ({ N: String(value) });
  await stacks.call('dynamodb', 'PutItem', {
    TableName: orders.StockTableName,
    Item: {
      ...{ sku: { S: orderId }, name: { S: orderId }, unitPriceCents: N(PRICE_CENTS) },
      ...{ onHand: N(2), held: N(0), sold: N(0) },
    },
  });
  const lines = [{ sku: orderId, quantity: 1 }];
  const Detail = JSON.stringify({ orderId, lines, ...(customer && { customer }) });
  const event = { EventBusName: orders.OrderBusName, Source: 'test.shop', DetailType: 'OrderPlaced', Detail };
  await stacks.call('events', 'PutEvents', { Entries: [event] });
  const mail = await stacks.until(`mail about ${orderId}`, async () =>
    (await stacks.mails()).find(({ text, tags }) => tags.kind === 'ask' && text.includes(orderId)),
  );
  const { requestId } = mail.tags;
  const executionArn = `${orders.OrdersMachineArn!.replace(':stateMachine:', ':execution:')}:${orderId}`;
  return { orderId, requestId, executionArn, ...(await stacks.invitation(requestId, mail.to[0]!)) };
}
