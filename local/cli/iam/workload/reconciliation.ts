import type { WorkloadAccount } from './account';

/** Longer than the reconciliation leaves orders and charges to the workflow. */
const HOUR_SECONDS = 3_600;

const LONG_AGO = '2020-01-01T00:00:00.000Z';

const text = (S: string) => ({ S });
const number = (value: number) => ({ N: String(value) });

/** One of everything that the reconciliation of orders finds. */
export async function reconcileOrders(account: WorkloadAccount): Promise<void> {
  await orphans(account);
  await charge(account, 'charged-for-nothing');
  await order(account, 'charged-too-much', { status: text('OrderConfirmed'), totalCents: number(1) });
  await charge(account, 'charged-too-much');
  await account.leap(HOUR_SECONDS);
  const { executionArn } = await account.call('states', 'StartExecution', {
    stateMachineArn: account.output('ReconciliationMachineArn'),
  });
  await account.end(executionArn);
  await account.until('the undo of the order that nobody heard of', () =>
    status(account, 'unheard', 'OrderCompensated'),
  );
  await account.until('the order that was started again', () => status(account, 'never-started', 'OrderConfirmed'));
}

/** Orders that wait: one never started, one without an execution, one whose undos have all died. */
async function orphans(account: WorkloadAccount): Promise<void> {
  const line = { M: { sku: text('lamp'), quantity: number(1), unitPriceCents: number(1) } };
  const waiting = { waitingSince: text(LONG_AGO), createdAt: text(LONG_AGO) };
  await order(account, 'never-started', { status: text('OrderAccepted'), lines: { L: [line] }, ...waiting });
  await order(account, 'unheard', { status: text('OrderReserved'), ...waiting });
  for (const attempt of [1, 2, 3]) await dieAsUndo(account, `undone-in-vain.undo${attempt}`);
  await account.until('a person for the order', () => status(account, 'undone-in-vain', 'OrderNeedsReview'));
  await order(account, 'undone-in-vain', { status: text('OrderCancelling'), ...waiting });
}

async function dieAsUndo(account: WorkloadAccount, name: string): Promise<void> {
  const failure = { Error: 'Test', Cause: '', step: 'none' };
  const { executionArn } = await account.call('states', 'StartExecution', {
    stateMachineArn: account.output('UndoMachineArn'),
    name,
    input: JSON.stringify({ orderId: 'undone-in-vain-too', failure, undoFailures: [] }),
  });
  await account.call('states', 'StopExecution', { executionArn });
}

function order(account: WorkloadAccount, orderId: string, row: object): Promise<unknown> {
  const TableName = account.output('OrdersTableName');
  const Item = { orderId: text(orderId), owner: text('test'), currency: text('EUR'), ...row };
  return account.call('dynamodb', 'PutItem', { TableName, Item });
}

function charge(account: WorkloadAccount, orderId: string): Promise<unknown> {
  const about = { state: text('captured'), amountCents: number(100), currency: text('EUR') };
  const createdAt = text(new Date(account.clock.now()).toISOString());
  const Item = { paymentKey: text(orderId), orderId: text(orderId), ...about, refunds: number(0), createdAt };
  return account.call('dynamodb', 'PutItem', { TableName: account.output('PaymentsTableName'), Item });
}

async function status(account: WorkloadAccount, orderId: string, wanted: string): Promise<true | undefined> {
  const Key = { orderId: text(orderId) };
  const { Item } = await account.call('dynamodb', 'GetItem', { TableName: account.output('OrdersTableName'), Key });
  return Item?.status?.S === wanted || undefined;
}
