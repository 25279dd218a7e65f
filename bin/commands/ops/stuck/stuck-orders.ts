import { GetItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Aws } from '../aws';
import { stackWith } from '../deployment';
import { executionStatus } from '../executions';
import { orderRemedy, WAITING_STATUSES, type WaitingOrder } from './order-rules';
import type { Search, Stuck } from './stuck';

/** A row that the API accepted: all that its event was made of. */
interface AcceptedOrder extends WaitingOrder {
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly customer?: object;
  readonly currency: string;
  readonly owner: string;
  readonly createdAt: string;
}

/** The names of undos: those that recovery starts, and those that people do. */
const RECOVERY_UNDOS = ['undo1', 'undo2', 'undo3'];
const MOST_BY_HAND = 9;

/** The index of orders that have not come to their end. */
const WAITING_INDEX = 'waiting';

/** Where the API's events come from; the consumer heeds an owner in no others. */
const API_SOURCE = 'stepwright.api';

/**
 * Orders that wait for an execution that is not there: it was never started, or it died and its status event with it. It scans the
 * index of orders that wait, reads their rows, and needs `states:DescribeExecution`; to repair, `states:StartExecution` on the undo machine and `events:PutEvents` on the bus.
 */
export async function stuckOrders(aws: Aws, beforeMs: number): Promise<Search> {
  const stack = stackWith(aws.deployment, 'OrdersMachineArn');
  if (!stack) return { found: [], blind: [] };
  const { OrdersTableName, OrdersMachineArn, UndoMachineArn, UndoAliasArn, OrderBusName } = stack.outputs as Record<
    string,
    string
  >;
  const found: Stuck[] = [];
  for await (const order of waitingOrders(aws, OrdersTableName!, beforeMs)) {
    const sinceMs = Date.parse(order.updatedAt);
    if (sinceMs > beforeMs) continue;
    const statusOf = (machineArn: string, name: string) =>
      executionStatus(aws.sfn, `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`);
    const saga = await statusOf(OrdersMachineArn!, order.orderId);
    const names = [...RECOVERY_UNDOS, ...Array.from({ length: MOST_BY_HAND }, (_, i) => `undo-by-hand-${i + 1}`)];
    const undos: (string | undefined)[] = [];
    for (const name of names) undos.push(await statusOf(UndoMachineArn!, `${order.orderId}.${name}`));
    const remedy = orderRemedy(order, saga, undos);
    if (remedy === 'none') continue;
    const base = { stack, kind: 'order' as const, id: order.orderId, sinceMs };
    if (remedy === 'publish') {
      found.push({
        ...base,
        why: 'accepted, and never begun',
        remedy: 'puts OrderPlaced on the bus again',
        repair: () => publish(aws, OrderBusName!, order),
      });
      continue;
    }
    const name = names.find((candidate, i) => candidate.includes('by-hand') && undos[i] === undefined);
    const why = `${order.status}, its execution ${saga ? `ended as ${saga}` : 'is gone'} and no undo runs`;
    found.push(
      name === undefined
        ? { ...base, why, remedy: `nothing: ${MOST_BY_HAND} undos by hand have died, look at their histories` }
        : {
            ...base,
            why,
            remedy: `starts the undo ${order.orderId}.${name}`,
            repair: () => undo(aws, UndoAliasArn!, order.orderId, name),
          },
    );
  }
  return { found, blind: [] };
}

/** The index holds keys alone, may be behind its table by moments, and is as small as the number of orders under way. */
async function* waitingOrders({ dynamodb }: Aws, TableName: string, beforeMs: number): AsyncGenerator<AcceptedOrder> {
  const pages = paginateScan(
    { client: dynamodb },
    {
      TableName,
      IndexName: WAITING_INDEX,
      FilterExpression: 'waitingSince <= :before',
      ExpressionAttributeValues: marshall({ ':before': new Date(beforeMs).toISOString() }),
    },
  );
  for await (const { Items = [] } of pages) {
    for (const { orderId } of Items) {
      const { Item } = await dynamodb.send(
        new GetItemCommand({ TableName, Key: { orderId: orderId! }, ConsistentRead: true }),
      );
      const order = Item && (unmarshall(Item) as AcceptedOrder);
      if (order && WAITING_STATUSES.includes(order.status)) yield order;
    }
  }
}

async function undo({ sfn }: Aws, stateMachineArn: string, orderId: string, name: string): Promise<void> {
  const failure = { Error: 'ByHand', Cause: '', step: 'none' };
  const input = JSON.stringify({ orderId, failure, undoFailures: [] });
  await sfn.send(new StartExecutionCommand({ stateMachineArn, name: `${orderId}.${name}`, input }));
}

async function publish({ events }: Aws, EventBusName: string, order: AcceptedOrder): Promise<void> {
  const { orderId, customer, currency, owner, createdAt } = order;
  const lines = order.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const detail = { orderId, lines, customer, currency, owner, correlationId: 'ops', placedAt: createdAt };
  const { FailedEntryCount } = await events.send(
    new PutEventsCommand({
      Entries: [{ EventBusName, Source: API_SOURCE, DetailType: 'OrderPlaced', Detail: JSON.stringify(detail) }],
    }),
  );
  if (FailedEntryCount) throw new Error(`The bus did not take the event of order ${orderId}; try again.`);
}
