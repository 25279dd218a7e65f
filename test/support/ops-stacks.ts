import { IngestionStacks, type IngestionStacksOptions } from './ingestion/ingestion-stacks';

/** All synthesized stacks on an embedded AWS of their own, and `ops` as an operator types it. */
export class OpsStacks {
  /** Outputs of each stack by its marker: the output that no other has. */
  readonly orders: Record<string, string>;
  readonly approvals: Record<string, string>;

  private constructor(
    readonly stacks: IngestionStacks,
    deployed: Record<string, Record<string, string>>,
  ) {
    const stackWith = (marker: string) => Object.values(deployed).find((outputs) => marker in outputs)!;
    this.orders = stackWith('OrdersMachineArn');
    this.approvals = stackWith('ApprovalsApiUrl');
  }

  /** Deploys the tests' own assembly on the machine's time, unless others are handed in. */
  static async start(options: IngestionStacksOptions = {}): Promise<OpsStacks> {
    const stacks = await IngestionStacks.start(options);
    return new OpsStacks(stacks, stacks.deployed);
  }

  stop(): Promise<void> {
    return this.stacks.stop();
  }

  /** What `ops` prints, and its exit code. */
  ops(...args: string[]): Promise<{ code: number; output: string }> {
    return this.stacks.run('ops', args);
  }

  /** What `ops … --json` prints, line by line. */
  async opsJson(...args: string[]): Promise<any[]> {
    const { output } = await this.ops(...args, '--json');
    return output
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }

  /** Calls an API action as the account's administrator. */
  call(service: string, action: string, input: object): Promise<any> {
    return this.stacks.call(service, action, input);
  }

  /** What operators did to a stack, from its record. */
  async acts(outputs: Record<string, string>): Promise<any[]> {
    const { events } = await this.call('logs', 'FilterLogEvents', { logGroupName: outputs.OperatorLogGroupName });
    return events.map(({ message }: { message: string }) => JSON.parse(message));
  }

  /** Waits until something is so; throws after half a minute. */
  async until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const deadlineMs = Date.now() + 30_000;
    while (!(await isSo())) {
      if (Date.now() > deadlineMs) throw new Error(`It does not happen that ${what}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Waits until an order has a status. */
  awaitOrder(orderId: string, status: string): Promise<void> {
    const asked = { TableName: this.orders.OrdersTableName, Key: { orderId: { S: orderId } } };
    return this.until(
      `${orderId} becomes ${status}`,
      async () => (await this.call('dynamodb', 'GetItem', asked)).Item?.status.S === status,
    );
  }

  /** Puts an order of one product on the bus. */
  async place(orderId: string, sku: string): Promise<void> {
    const Detail = JSON.stringify({ orderId, lines: [{ sku, quantity: 1 }], currency: 'EUR' });
    const entry = { EventBusName: this.orders.OrderBusName, Source: 'test.shop', DetailType: 'OrderPlaced', Detail };
    await this.call('events', 'PutEvents', { Entries: [entry] });
  }

  /** Turns a fault of a built-in provider on for an order. */
  fault(orderId: string, operation: string, fault: string): Promise<void> {
    const Item = { scope: { S: orderId }, operation: { S: operation }, fault: { S: fault } };
    return this.call('dynamodb', 'PutItem', { TableName: this.orders.FaultsTableName, Item });
  }

  /** Puts pieces of a product on stock. */
  stock(sku: string, onHand: number, unitPriceCents = 100): Promise<void> {
    const number = (value: number) => ({ N: String(value) });
    const Item = { sku: { S: sku }, name: { S: sku }, unitPriceCents: number(unitPriceCents), onHand: number(onHand) };
    const counted = { ...Item, held: number(0), sold: number(0) };
    return this.call('dynamodb', 'PutItem', { TableName: this.orders.StockTableName, Item: counted });
  }
}
