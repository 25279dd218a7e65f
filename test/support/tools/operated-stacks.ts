import { type EmbeddedStacks, startStacks } from '../embedded-stacks';

/** Deployed stacks in which an order went through, as an operator finds them in the morning. */
export interface OperatedStacks extends EmbeddedStacks {
  /** Of the order {@link ORDER_ID}. */
  readonly executionArn: string;
  /** What any client needs: `new SFNClient(stacks.client)`. */
  readonly client: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    maxAttempts: number;
  };
  readonly queueArn: (url: string) => string;
  /** Asks until the answer is as wanted, and gives it; fails after 20 seconds. */
  until<Answer>(ask: () => Promise<Answer>, isWanted: (answer: Answer) => boolean): Promise<Answer>;
  /** Waits until an order has ended, and gives its status. */
  statusOf(orderId: string): Promise<string>;
}

/** The order that went through. */
export const ORDER_ID = 'o-1';
/** The products in the table of stock. */
export const PRODUCTS = ['chair', 'desk', 'lamp'];
const LONGEST_WAIT_MS = 20_000;

/** Deploys the stacks, fills the stock, and lets an order go through. */
export async function startOperatedStacks(): Promise<OperatedStacks> {
  const stacks = await startStacks();
  const { embedded, outputs } = stacks;
  const executionArn = `${outputs.OrdersMachineArn!.replace(':stateMachine:', ':execution:')}:${ORDER_ID}`;
  const until: OperatedStacks['until'] = async (ask, isWanted) => {
    for (const end = Date.now() + LONGEST_WAIT_MS; Date.now() < end; ) {
      const answer = await ask();
      if (isWanted(answer)) return answer;
      // Real time, real workers: ask again once the process has answered another request.
      await stacks.api('GET', '/nowhere');
    }
    throw new Error('what was waited for did not come');
  };
  const statusOf = async (orderId: string) => {
    const Key = { orderId: { S: orderId } };
    const ask = () => stacks.call('dynamodb', 'GetItem', { TableName: outputs.OrdersTableName, Key });
    const { Item } = await until(ask, (answer) => /^Order(Confirmed|Compensated)$/.test(answer.Item?.status.S));
    return Item.status.S;
  };
  for (const sku of PRODUCTS) await stacks.stock(sku, 100);
  await stacks.publish(orderOf(ORDER_ID));
  await until(
    () => stacks.call('states', 'DescribeExecution', { executionArn }).catch(() => undefined),
    (execution) => execution?.status === 'SUCCEEDED',
  );
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return {
    ...stacks,
    executionArn,
    client: { endpoint: embedded.url, region: embedded.region, credentials, maxAttempts: 1 },
    queueArn: (url) => `arn:aws:sqs:${embedded.region}:${embedded.accountId}:${url.split('/').pop()}`,
    until,
    statusOf,
  };
}

/** The detail of an event that places an order. */
export function orderOf(orderId: string, sku = 'lamp'): object {
  return { orderId, lines: [{ sku, quantity: 1 }] };
}
