import type { OpsStacks } from './ops-stacks';

const LONG_AGO = '2026-01-01T00:00:00.000Z';

/** Writes the row of an order as a lost event or a lost execution leaves it. */
export async function plantOrder(stacks: OpsStacks, orderId: string, status: string): Promise<void> {
  const line = { sku: { S: 'lamp' }, quantity: { N: '1' }, unitPriceCents: { N: '100' } };
  const Item = {
    orderId: { S: orderId },
    status: { S: status },
    lines: { L: [{ M: line }] },
    totalCents: { N: '100' },
    currency: { S: 'EUR' },
    customer: { M: {} },
    owner: { S: 'event' },
    createdAt: { S: LONG_AGO },
    updatedAt: { S: LONG_AGO },
    waitingSince: { S: LONG_AGO },
  };
  await stacks.call('dynamodb', 'PutItem', { TableName: stacks.orders.OrdersTableName, Item });
}
