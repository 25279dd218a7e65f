import { unmarshall } from '@aws-sdk/util-dynamodb';
import { isOrderEnd } from '../../../lambdas/orders/contracts/names';
import type { WatchedStacks } from './watched-stacks';

/** What a row of a table says, as plain values. */
type Row = Readonly<Record<string, any>>;

/** Orders that were placed and pieces that were put on the shelf, and what must be true of them once all is over. */
export class OrderBooks {
  private readonly onHand = new Map<string, number>();
  private readonly placed = new Set<string>();

  constructor(private readonly watched: WatchedStacks) {}

  /** Puts pieces of a product on the shelf. */
  async stock(sku: string, onHand: number, unitPriceCents?: number): Promise<void> {
    this.onHand.set(sku, onHand);
    await this.watched.stacks.stock(sku, onHand, unitPriceCents);
  }

  /** Puts an order of one piece on the bus. */
  async place(orderId: string, sku: string): Promise<void> {
    this.add(orderId);
    await this.watched.stacks.place(orderId, sku);
  }

  /** Takes note of an order of one piece that somebody placed. */
  add(orderId: string): void {
    this.placed.add(orderId);
  }

  /** Orders that were placed and have no end. */
  async open(): Promise<string[]> {
    const ended = new Set(
      (await this.orders()).filter(({ status }) => isOrderEnd(status)).map(({ orderId }) => orderId),
    );
    return [...this.placed].filter((orderId) => !ended.has(orderId));
  }

  /** How many orders came to each end. */
  async ends(): Promise<Record<string, number>> {
    const ends: Record<string, number> = {};
    for (const { status } of await this.orders()) ends[status] = (ends[status] ?? 0) + 1;
    return ends;
  }

  /** What is not as it must be: ends, money, goods, pieces, and messages that lie somewhere. Empty when all is well. */
  async faults(): Promise<string[]> {
    const found = (await this.open()).map((orderId) => `${orderId} has no end`);
    const orders = await this.orders();
    const payments = await this.byKey('PaymentsTableName', 'paymentKey');
    const shipments = await this.byKey('ShipmentsTableName', 'shipmentKey');
    const sold = new Map<string, number>();
    for (const { orderId, status, lines } of orders) {
      const isConfirmed = status === 'OrderConfirmed';
      const [payment, shipment] = [payments.get(orderId), shipments.get(orderId)];
      if ((payment?.captures ?? 0) > 1 || (payment?.refunds ?? 0) > 1)
        found.push(`${orderId} was paid or refunded twice`);
      if ((payment?.state === 'captured') !== isConfirmed)
        found.push(`${orderId} is ${status}, its money ${payment?.state}`);
      if ((shipment?.state === 'booked') !== isConfirmed)
        found.push(`${orderId} is ${status}, its goods ${shipment?.state}`);
      if (isConfirmed) for (const { sku, quantity } of lines) sold.set(sku, (sold.get(sku) ?? 0) + quantity);
    }
    for (const row of await this.rows('StockTableName')) {
      const expected = sold.get(row.sku) ?? 0;
      const isRight = row.held === 0 && row.sold === expected && row.onHand === this.onHand.get(row.sku)! - expected;
      if (!isRight) found.push(`${row.sku}: ${expected} were sold: ${JSON.stringify(row)}`);
    }
    return [...found, ...(await this.messages())];
  }

  /** The queues in which messages lie, but for those that only tests read. */
  async messages(): Promise<string[]> {
    const { QueueUrls } = await this.watched.call('sqs', 'ListQueues', { MaxResults: 1000 });
    const found: string[] = [];
    const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
    for (const QueueUrl of QueueUrls.filter((url: string) => !/Probe|bells/.test(url))) {
      const { Attributes } = await this.watched.call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames });
      const count = Object.values<string>(Attributes).reduce((sum, value) => sum + Number(value), 0);
      if (count > 0) found.push(`${count} messages lie in ${QueueUrl.split('/').pop()}`);
    }
    return found;
  }

  private orders(): Promise<Row[]> {
    return this.rows('OrdersTableName');
  }

  private async byKey(table: string, key: string): Promise<Map<string, Row>> {
    return new Map((await this.rows(table)).map((row) => [row[key], row]));
  }

  private async rows(table: string): Promise<Row[]> {
    const rows: Row[] = [];
    let ExclusiveStartKey: object | undefined;
    do {
      const TableName = this.watched.stacks.orders[table];
      const page = await this.watched.call('dynamodb', 'Scan', { TableName, ExclusiveStartKey, ConsistentRead: true });
      rows.push(...page.Items.map((item: any) => unmarshall(item)));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return rows;
  }
}
