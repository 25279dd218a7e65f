import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { FanOutOutputs, OrdersOutputs, QuotesOutputs } from '../outputs-file';
import { type ApiAnswer, signedFetch } from '../signed-fetch';

/** What a fault of the built-in providers does; see lambdas/orders/adapters. */
export type Fault = 'decline' | 'errorBeforeEffect' | 'timeoutAfterEffect' | 'slow' | 'throttled';

/** An order as a customer or a producer sends it. */
export interface OrderRequest {
  readonly orderId: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly customer?: { readonly name?: string; readonly email?: string };
}

/** A deployed orders stack as its clients see it: AWS APIs and names from an outputs file, nothing else. */
export class Shop {
  readonly sfn: SFNClient;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
  readonly events: EventBridgeClient;
  readonly cloudwatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly lambda: LambdaClient;
  /** Calls the orders API, signed. */
  readonly api: (method: string, path: string, body?: string, headers?: Record<string, string>) => Promise<ApiAnswer>;
  /** Sets this run's orders and products apart from those of other runs. */
  readonly runId = Date.now().toString(36);

  constructor(
    readonly outputs: OrdersOutputs,
    /** Of the quotes stack, for those who ask for quotes. */
    readonly quotes?: QuotesOutputs,
    /** Of the fan-out stack, for those who follow events. */
    readonly fanOut?: FanOutOutputs,
  ) {
    const config = { region: outputs.Region };
    this.sfn = new SFNClient(config);
    this.sqs = new SQSClient(config);
    this.dynamodb = new DynamoDBClient(config);
    this.events = new EventBridgeClient(config);
    this.cloudwatch = new CloudWatchClient(config);
    this.logs = new CloudWatchLogsClient(config);
    this.lambda = new LambdaClient(config);
    this.api = signedFetch(outputs.OrdersApiUrl, outputs.Region, this.sfn.config.credentials as any);
  }

  /** Puts a product on the shelf and gives its SKU. */
  async stock(name: string, onHand: number, unitPriceCents = 1999): Promise<string> {
    const sku = `${name}-${this.runId}`;
    await this.addProduct({ sku, name, unitPriceCents, onHand });
    return sku;
  }

  /** Writes a product's row, all pieces on hand. */
  async addProduct(product: { sku: string; name: string; unitPriceCents: number; onHand: number }): Promise<void> {
    await this.put(this.outputs.StockTableName, { ...product, held: 0, sold: 0 });
  }

  /** Turns a fault of a built-in provider on for one order. */
  async fault(
    orderId: string,
    operation: string,
    fault: Fault,
    more: { remaining?: number; delayMilliseconds?: number } = {},
  ) {
    if (!this.outputs.FaultsTableName)
      throw new Error('This stage has no fault switches: run the demo against another.');
    await this.put(this.outputs.FaultsTableName, { scope: orderId, operation, fault, ...more });
  }

  /** Places an order through the API. */
  place(order: OrderRequest, idempotencyKey?: string): Promise<ApiAnswer> {
    const headers: Record<string, string> = idempotencyKey ? { 'idempotency-key': idempotencyKey } : {};
    return this.api('POST', '/orders', JSON.stringify(order), headers);
  }

  /** Asks what an order would cost. */
  quote(request: object): Promise<ApiAnswer> {
    if (!this.quotes) throw new Error('The outputs of the quotes stack are not known.');
    const { QuotesApiUrl, Region } = this.quotes;
    const api = signedFetch(QuotesApiUrl, Region, this.sfn.config.credentials as any);
    return api('POST', '/quotes', JSON.stringify(request));
  }

  /** Publishes `OrderPlaced` events as a producer in the account would. */
  async publish(orders: readonly OrderRequest[]): Promise<void> {
    for (let i = 0; i < orders.length; i += 10) {
      const Entries = orders.slice(i, i + 10).map((order) => ({
        EventBusName: this.outputs.OrderBusName,
        Source: 'demo.shop',
        DetailType: 'OrderPlaced',
        Detail: JSON.stringify(order),
      }));
      const answer = await this.events.send(new PutEventsCommand({ Entries }));
      const failed = answer.Entries?.find((entry) => entry.ErrorCode);
      if (failed) throw new Error(`An event was refused: ${failed.ErrorCode} ${failed.ErrorMessage}`);
    }
  }

  /** A row as plain values, or undefined. */
  async row(tableName: string | undefined, key: Record<string, string>): Promise<Record<string, any> | undefined> {
    if (!tableName) return undefined;
    const answer = await this.dynamodb.send(
      new GetItemCommand({ TableName: tableName, Key: marshall(key), ConsistentRead: true }),
    );
    return answer.Item && unmarshall(answer.Item);
  }

  order(orderId: string) {
    return this.row(this.outputs.OrdersTableName, { orderId });
  }
  product(sku: string) {
    return this.row(this.outputs.StockTableName, { sku });
  }
  payment(orderId: string) {
    return this.row(this.outputs.PaymentsTableName, { paymentKey: orderId });
  }
  shipment(orderId: string) {
    return this.row(this.outputs.ShipmentsTableName, { shipmentKey: orderId });
  }

  /**
   * Takes messages from a queue until one satisfies `isWanted`, deletes that one, and gives it; others become visible
   * again. Undefined after `timeoutMs`.
   */
  async take(
    queueUrl: string,
    isWanted: (message: Message) => boolean,
    timeoutMs = 30_000,
  ): Promise<Message | undefined> {
    for (const until = Date.now() + timeoutMs; Date.now() < until; ) {
      const answer = await this.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 1,
          VisibilityTimeout: 2,
          MessageAttributeNames: ['All'],
        }),
      );
      const found = answer.Messages?.find(isWanted);
      if (!found) continue;
      await this.sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: found.ReceiptHandle }));
      return found;
    }
    return undefined;
  }

  /** Closes connections, so that a command can end. */
  close(): void {
    for (const client of [this.sfn, this.sqs, this.dynamodb, this.events, this.cloudwatch, this.logs, this.lambda])
      client.destroy();
  }

  private async put(tableName: string, item: Record<string, unknown>): Promise<void> {
    await this.dynamodb.send(
      new PutItemCommand({ TableName: tableName, Item: marshall(item, { removeUndefinedValues: true }) }),
    );
  }
}
