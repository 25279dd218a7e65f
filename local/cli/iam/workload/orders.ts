import type { WorkloadAccount } from './account';

/** More than a stage lets through without asking. */
const DEAR_CENTS = 250_000;
export const DEAR_SKU = 'piano';

/** A fault that happens one time. */
const ONCE = { remaining: { N: '1' } };

/** Orders that end in every way, placed in every way. */
export async function placeOrders(account: WorkloadAccount): Promise<void> {
  await stock(account, 'lamp', 100);
  await stock(account, DEAR_SKU, DEAR_CENTS);
  await Promise.all([
    placedTwice(account),
    failing(account, 'declined', { charge: 'decline' }),
    failing(account, 'unshipped', { book: 'decline' }),
    failing(account, 'stuck', { book: 'decline', refund: 'decline' }),
    failing(account, 'tried-again', { charge: 'errorBeforeEffect', book: 'errorBeforeEffect' }, ONCE),
    failing(
      account,
      'undone-late',
      { book: 'decline', cancel: 'errorBeforeEffect', refund: 'errorBeforeEffect' },
      ONCE,
    ),
    failing(account, 'released-late', { charge: 'decline', releaseStock: 'errorBeforeEffect' }, ONCE),
    taken(account),
    poison(account),
    stopped(account),
    undoneInVain(account),
    diedThrice(account),
  ]);
}

/** An order by the API, the same again with and without a key, and a look at it. */
async function placedTwice(account: WorkloadAccount): Promise<void> {
  const place = (headers?: Record<string, string>) =>
    account.http('OrdersApiUrl', 'POST', '/orders', order('placed'), headers);
  await place({ 'idempotency-key': 'placed-once' });
  await place({ 'idempotency-key': 'placed-once' });
  await account.end(saga(account, 'placed'));
  await place();
  await account.http('OrdersApiUrl', 'GET', '/orders/placed');
}

/** An order whose providers fail as they are told. */
async function failing(
  account: WorkloadAccount,
  orderId: string,
  faults: Record<string, string>,
  more: object = {},
): Promise<void> {
  for (const [operation, fault] of Object.entries(faults)) await setFault(account, orderId, operation, fault, more);
  await publish(account, order(orderId));
  await account.end(saga(account, orderId));
}

/** An order whose id is another's already. */
async function taken(account: WorkloadAccount): Promise<void> {
  await account.call('dynamodb', 'PutItem', {
    TableName: account.output('OrdersTableName'),
    Item: { orderId: { S: 'taken' }, reservation: { S: 'sold' } },
  });
  await publish(account, order('taken'));
  await account.end(saga(account, 'taken'));
}

/** An undo whose refund fails for good: a person is told. */
async function undoneInVain(account: WorkloadAccount): Promise<void> {
  await setFault(account, 'in-vain', 'refund', 'decline');
  const { executionArn } = await account.call('states', 'StartExecution', {
    stateMachineArn: account.output('UndoMachineArn'),
    input: JSON.stringify({
      orderId: 'in-vain',
      failure: { Error: 'Test', Cause: '', step: 'none' },
      undoFailures: [],
    }),
  });
  await account.end(executionArn);
}

/** The last undo that is tried by itself has died: a person is told. */
async function diedThrice(account: WorkloadAccount): Promise<void> {
  const stateMachineArn = account.output('UndoMachineArn');
  const name = 'died.undo3';
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const detail = { executionArn, stateMachineArn, name, status: 'ABORTED', input: '{"orderId":"died"}' };
  const about = {
    version: '0',
    id: 'e',
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
  };
  const where = { account: account.accountId, region: account.region, time: '2026-01-01T00:00:00Z', resources: [] };
  await account.call('sqs', 'SendMessage', {
    QueueUrl: account.output('RecoveryQueueUrl'),
    MessageBody: JSON.stringify({ ...about, ...where, detail }),
  });
  await account.until('the order that needs a person', async () => {
    const Key = { orderId: { S: 'died' } };
    const { Item } = await account.call('dynamodb', 'GetItem', { TableName: account.output('OrdersTableName'), Key });
    return Item?.status;
  });
}

/** A message that never can be an order. */
async function poison(account: WorkloadAccount): Promise<void> {
  await account.call('sqs', 'SendMessage', { QueueUrl: account.output('OrderQueueUrl'), MessageBody: 'no order' });
  await account.until('the poison message in the dead-letter queue', () =>
    received(account, account.output('OrderDeadLetterQueueUrl')),
  );
}

/** An execution that is stopped while the payment is under way: recovered, and undone. */
async function stopped(account: WorkloadAccount): Promise<void> {
  await setFault(account, 'stopped', 'charge', 'slow', { delayMilliseconds: { N: '300' } });
  await publish(account, order('stopped'));
  const executionArn = saga(account, 'stopped');
  await account.until('the charge under way', async () => {
    const history = await account.call('states', 'GetExecutionHistory', { executionArn }).catch(() => ({ events: [] }));
    const entered = history.events.some((event: any) => event.stateEnteredEventDetails?.name === 'ChargePayment');
    return entered || undefined;
  });
  await account.call('states', 'StopExecution', { executionArn, error: 'Test', cause: 'stopped' });
  await account.end(`${account.output('UndoMachineArn').replace(':stateMachine:', ':execution:')}:stopped.undo1`);
}

/** An order as a customer sends it. */
export function order(orderId: string, sku = 'lamp') {
  return { orderId, lines: [{ sku, quantity: 1 }] };
}

/** The ARN of an order's execution. */
export function saga(account: WorkloadAccount, orderId: string): string {
  return `${account.output('OrdersMachineArn').replace(':stateMachine:', ':execution:')}:${orderId}`;
}

/** Publishes an order as a producer does. */
export function publish(account: WorkloadAccount, detail: object): Promise<unknown> {
  const entry = { Source: 'test.shop', DetailType: 'OrderPlaced', Detail: JSON.stringify(detail) };
  return account.call('events', 'PutEvents', { Entries: [{ EventBusName: account.output('OrderBusName'), ...entry }] });
}

/** The first message of a queue, if there is one. */
export async function received(account: WorkloadAccount, QueueUrl: string): Promise<any> {
  const { Messages } = await account.call('sqs', 'ReceiveMessage', { QueueUrl });
  return Messages?.[0];
}

async function stock(account: WorkloadAccount, sku: string, unitPriceCents: number): Promise<void> {
  const number = (value: number) => ({ N: String(value) });
  const Item = { sku: { S: sku }, name: { S: sku }, unitPriceCents: number(unitPriceCents), onHand: number(1000) };
  await account.call('dynamodb', 'PutItem', {
    TableName: account.output('StockTableName'),
    Item: { ...Item, held: number(0), sold: number(0) },
  });
}

async function setFault(
  account: WorkloadAccount,
  orderId: string,
  operation: string,
  fault: string,
  more: object = {},
): Promise<void> {
  await account.call('dynamodb', 'PutItem', {
    TableName: account.output('FaultsTableName'),
    Item: { scope: { S: orderId }, operation: { S: operation }, fault: { S: fault }, ...more },
  });
}
