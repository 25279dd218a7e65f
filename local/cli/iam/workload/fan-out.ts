import type { WorkloadAccount } from './account';

/** Beyond the delay of the check queue. */
const CHECK_SECONDS = 480;
const ONCE = { remaining: { N: '1' } };

/** Events that are delivered, refused, parked, replayed and checked. */
export async function fanOutEvents(account: WorkloadAccount): Promise<void> {
  const text = (S: string) => ({ S });
  await account.call('dynamodb', 'PutItem', {
    TableName: account.output('OrdersTableName'),
    Item: { orderId: text('fanned'), customer: { M: { email: text('ann@example.com') } } },
  });
  await fault(account, 'fanned:OrderConfirmed', 'errorBeforeEffect', ONCE);
  await fault(account, 'refused:OrderConfirmed', 'decline', ONCE);
  await publish(account, 'fanned');
  await publish(account, 'refused');
  await settled(account, 'fanned', 'mail', 'delivered');
  await settled(account, 'fanned', 'webhook', 'delivered');
  await settled(account, 'refused', 'webhook', 'parked');
  await replay(account);
  await settled(account, 'refused', 'webhook', 'delivered');
  // An event whose run was never started: nobody has spoken of it.
  const detail = { eventId: 'never:OrderConfirmed', orderId: 'never' };
  const unknown = { source: 'stepwright.orders', 'detail-type': 'OrderConfirmed', detail };
  await account.call('sqs', 'SendMessage', {
    QueueUrl: account.output('CheckQueueUrl'),
    MessageBody: JSON.stringify(unknown),
  });
  await account.leap(CHECK_SECONDS);
  for (const target of ['mail', 'webhook', 'analytics']) await settled(account, 'never', target, 'parked');
}

/** Moves what is parked to the replay queue, as an operator does. */
function replay(account: WorkloadAccount): Promise<unknown> {
  return account.call('sqs', 'StartMessageMoveTask', {
    SourceArn: account.output('ParkedQueueArn'),
    DestinationArn: account.output('ReplayQueueArn'),
  });
}

async function publish(account: WorkloadAccount, orderId: string): Promise<void> {
  const Detail = JSON.stringify({ eventId: `${orderId}:OrderConfirmed`, orderId, status: 'OrderConfirmed' });
  const entry = { Source: 'stepwright.orders', DetailType: 'OrderConfirmed', Detail };
  await account.call('events', 'PutEvents', { Entries: [{ EventBusName: account.output('OrderBusName'), ...entry }] });
}

function settled(account: WorkloadAccount, orderId: string, target: string, status: string): Promise<true> {
  return account.until(`${orderId}'s ${target} ${status}`, async () => {
    const { Item } = await account.call('dynamodb', 'GetItem', {
      TableName: account.output('DeliveriesTableName'),
      Key: { eventId: { S: `${orderId}:OrderConfirmed` }, target: { S: target } },
    });
    return Item?.status.S === status || undefined;
  });
}

async function fault(account: WorkloadAccount, eventId: string, kind: string, more: object): Promise<void> {
  await account.call('dynamodb', 'PutItem', {
    TableName: account.output('WebhookFaultsTableName'),
    Item: { scope: { S: eventId }, operation: { S: 'webhook' }, fault: { S: kind }, ...more },
  });
}
