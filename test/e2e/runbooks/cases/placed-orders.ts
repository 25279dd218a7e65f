import type { BrokenAccount } from '../broken-account';

/** What everybody orders, a piece each. */
const SKU = 'lamp';

/** Puts a product on stock, enough of it unless a case says otherwise. */
export async function stock(account: BrokenAccount, sku = SKU, unitPriceCents = 100, onHand = 1000): Promise<void> {
  const number = (value: number) => ({ N: String(value) });
  const Item = { sku: { S: sku }, name: { S: sku }, unitPriceCents: number(unitPriceCents), onHand: number(onHand) };
  await account.call('dynamodb', 'PutItem', {
    TableName: account.outputs.StockTableName,
    Item: { ...Item, held: number(0), sold: number(0) },
  });
}

/** Puts an order on the bus; `changes` go over a good one. */
export async function place(account: BrokenAccount, orderId: string, changes: object = {}): Promise<void> {
  const customer = { name: 'Ada', email: 'ada@example.com' };
  const Detail = JSON.stringify({ orderId, lines: [{ sku: SKU, quantity: 1 }], customer, ...changes });
  const EventBusName = account.outputs.OrderBusName;
  const Entries = [{ EventBusName, Source: 'test.shop', DetailType: 'OrderPlaced', Detail }];
  await account.call('events', 'PutEvents', { Entries });
}

/** Whether an order's row has a status. */
export async function hasStatus(account: BrokenAccount, orderId: string, status: string): Promise<boolean> {
  return (await account.row('OrdersTableName', { orderId }))?.status.S === status;
}

/** Places an order and waits until it is confirmed. */
export async function paidOrder(account: BrokenAccount, orderId: string): Promise<void> {
  await place(account, orderId);
  await account.until(`confirmed ${orderId}`, () => hasStatus(account, orderId, 'OrderConfirmed'));
}

/** Places an order and stops its execution once it is paid for; gives the execution's ARN. */
export async function stoppedOrder(account: BrokenAccount, orderId: string): Promise<string> {
  const isOut = await account.fault(orderId, 'book', 'errorBeforeEffect');
  await place(account, orderId);
  const executionArn = account.executionArn('OrdersMachineArn', orderId);
  await account.until(`shipment of ${orderId} under way`, async () => {
    const history = await account.call('states', 'GetExecutionHistory', { executionArn }).catch(() => ({ events: [] }));
    return history.events.some((event: any) => event.stateEnteredEventDetails?.name === 'ShipOrder');
  });
  await account.call('states', 'StopExecution', { executionArn });
  await isOut();
  return executionArn;
}

/** The status of a machine's latest execution. */
export async function executionStatus(account: BrokenAccount, machine: string): Promise<string | undefined> {
  const asked = { stateMachineArn: account.outputs[machine], maxResults: 1 };
  return (await account.call('states', 'ListExecutions', asked)).executions[0]?.status;
}
