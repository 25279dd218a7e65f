import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { isOrderEnd } from '../../../lambdas/orders/contracts/names';
import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createDynamoDbService } from '../../../local/services/dynamodb/router';
import { Gateway } from '../../../local/wire/gateway';
import type { Service } from '../../../local/wire/service';
import { Adversary } from './adversary';
import { Approver } from './approver';
import { ConsumedQueue } from './consumed-queue';
import { disturbService } from './disturbed-service';
import { effectWatch } from './effect-watch';
import { createFunctionService } from './function-service';
import { QUEUES, TABLES } from './names';
import { type FunctionFactory, ORDER_FUNCTIONS } from './order-functions';
import type { DefinitionEdit } from './saga-definitions';
import { type MachineArns, SagaMachines } from './saga-machines';
import { Trace } from './trace';
import { Dice, type PlannedOrder, type WorldPlan } from './world-plan';

/** Something broken on purpose. */
export interface Mutation {
  readonly functions?: Readonly<Record<string, FunctionFactory>>;
  readonly definition?: DefinitionEdit;
  /** Whether nothing but faults of calls ends an execution: no stops from outside, no timeouts of the machines. */
  readonly hasNoStops?: boolean;
  /** Where the search for it begins; later than 1 for what few worlds show, so that the test stays short. */
  readonly fromSeed?: number;
}

/** An execution as Step Functions describes it. */
export interface WorldExecution {
  readonly name: string;
  readonly executionArn: string;
  readonly status: string;
  readonly stopDate?: number;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** Between two runs of the reconciliation. */
const RECONCILE_EVERY_MS = 10 * 60_000;

/** Until then orders may still arrive, or come again. */
const ALL_HAVE_ARRIVED_MS = 15 * 60_000;

/** More runs than this mean that the reconciliation does not bring every order to its end. */
const MOST_RECONCILIATIONS = 60;

/** More scheduled tasks than this mean that something never ends. */
const MOST_TASKS = 60_000;

/** The saga in one process: its tables, machines and functions behind a network that misbehaves. */
export class OrdersWorld {
  readonly clock = new SimulatedClock();
  readonly trace = new Trace(this.clock);
  readonly warnings: string[] = [];
  /** Bodies of the messages that were parked for a person. */
  readonly reviews: any[] = [];
  /** Messages of the order queue that start-orders moved away. */
  readonly rejected: string[] = [];
  orderQueue!: ConsumedQueue;
  recoveryQueue!: ConsumedQueue;
  private approver!: Approver;
  private messages = 0;
  private reconciliations = 0;
  private readonly fateOfEvents: Dice;
  private readonly gateway: Gateway;
  private readonly adversary: Adversary;
  private readonly dynamodb: Service;
  private arns!: MachineArns;

  private constructor(
    readonly plan: WorldPlan,
    private readonly machines: SagaMachines,
  ) {
    const kernel = { clock: this.clock, random: new SeededRandom(`world ${plan.seed}`) };
    this.gateway = new Gateway({ kernel, warn: (line) => this.warnings.push(line) });
    this.fateOfEvents = new Dice(new SeededRandom(`lost ${plan.seed}`));
    this.adversary = new Adversary(plan, this.clock, this.trace);
    this.dynamodb = createDynamoDbService(this.gateway, { transactionMilliseconds: plan.transactionMilliseconds });
  }

  /** Makes the world, lets it run until nothing is left to happen, and gives it with what it has become. */
  static async run(
    plan: WorldPlan,
    mutation: Mutation = {},
    machines: SagaMachines = new SagaMachines(mutation.definition),
  ): Promise<OrdersWorld> {
    const world = new OrdersWorld(plan, machines);
    machines.enter(world.gateway);
    // Powertools asks the machine for the time; here it must be the world's.
    const machineNow = Date.now;
    Date.now = () => world.clock.now();
    try {
      await world.begin(mutation);
      await world.clock.drain(MOST_TASKS);
    } finally {
      Date.now = machineNow;
      await world.gateway.stop();
    }
    return world;
  }

  /** All rows of a table. */
  async rows(TableName: keyof typeof TABLES): Promise<Record<string, any>[]> {
    const { Items } = await this.direct(this.dynamodb, 'Scan', { TableName });
    return Items.map((item: any) => unmarshall(item));
  }

  /** All executions of both machines, in the order in which they ended. */
  async executions(): Promise<WorldExecution[]> {
    const found: WorldExecution[] = [];
    for (const { orderId } of this.plan.orders) {
      for (const executionArn of this.executionsOf(orderId)) {
        const execution = await this.describe(executionArn);
        if (execution) found.push(execution);
      }
    }
    return found.sort((a, b) => Number(a.stopDate ?? Infinity) - Number(b.stopDate ?? Infinity));
  }

  /** The names of the states that an execution entered. */
  async pathOf(executionArn: string): Promise<string[]> {
    const { events } = await this.direct(this.machines.service, 'GetExecutionHistory', {
      executionArn,
      maxResults: 1000,
    });
    return events.flatMap((event: any) => event.stateEnteredEventDetails?.name ?? []);
  }

  private async begin(mutation: Mutation): Promise<void> {
    const { plan, clock, adversary, trace } = this;
    this.arns = await this.machines.arns(plan.machineTimeoutSeconds);
    const lambda = createFunctionService({
      gateway: this.gateway,
      clock,
      random: new SeededRandom(`functions ${plan.seed}`),
      adversary,
      trace,
      functions: { ...ORDER_FUNCTIONS, ...mutation.functions },
      machineArns: this.arns,
      isOfWorld: (name) => plan.orders.some(({ orderId }) => name.split('.')[0] === orderId),
    });
    const queue = (name: string, functionName: string) =>
      new ConsumedQueue({ name, clock, adversary, trace, invoke: (event) => lambda.invoke(functionName, event) });
    this.orderQueue = queue('order-queue', 'StartOrders');
    this.recoveryQueue = queue('recovery-queue', 'RecoverOrders');
    await this.fillTables();
    this.approver = new Approver({
      clock,
      adversary,
      trace,
      planOf: (orderId) => plan.orders.find((order) => order.orderId === orderId)!.approval,
      callback: (action, input) => this.direct(this.machines.service, action, input),
    });

    const network = { adversary, clock, trace };
    const watch = effectWatch(this.dynamodb, trace);
    this.gateway.register(
      disturbService(this.dynamodb, { ...network, landed: watch, sent: (_, input) => this.stopAtPivot(input) }),
      disturbService(this.machines.service, network),
      disturbService(this.queues(), network),
      this.eventBus(),
      lambda,
    );
    for (const order of plan.orders) this.place(order);
    for (const { orderId, atMs } of plan.stops) clock.schedule(clock.now() + atMs, () => void this.stopNewest(orderId));
    if (plan.lostEvents > 0) clock.schedule(clock.now() + RECONCILE_EVERY_MS, () => void this.reconcile());
  }

  /** Starts a run, and plans the next one as long as something waits. */
  private async reconcile(): Promise<void> {
    const { clock, trace } = this;
    const isQuiet = trace.elapsedMs() > ALL_HAVE_ARRIVED_MS && !(await this.waits());
    if (isQuiet && this.reconciliations > 0) return;
    if (this.reconciliations++ >= MOST_RECONCILIATIONS)
      return void this.warnings.push('The reconciliation never ends.');
    trace.say(`reconcile  run ${this.reconciliations}`);
    const input = { stateMachineArn: this.arns.reconciliationArn, input: '{}' };
    await this.direct(this.machines.service, 'StartExecution', {
      ...input,
      name: `s${this.plan.seed}-run-${this.reconciliations}`,
    });
    clock.schedule(clock.now() + RECONCILE_EVERY_MS, () => void this.reconcile());
  }

  /** Whether an order that was started has no end yet, or an execution runs. */
  private async waits(): Promise<boolean> {
    const rows = await this.rows('orders');
    const executions = await this.executions();
    const ended = new Set(rows.filter(({ status }) => isOrderEnd(status)).map(({ orderId }) => orderId));
    return executions.some(({ name, status }) => status === 'RUNNING' || !ended.has(name.split('.')[0]));
  }

  private async fillTables(): Promise<void> {
    const { plan } = this;
    for (const [TableName, keys] of Object.entries(TABLES)) {
      await this.direct(this.dynamodb, 'CreateTable', {
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: attributes(TableName === 'orders' ? [...keys, 'waitingSince'] : keys),
        KeySchema: keySchema(keys),
        ...(TableName === 'orders' && WAITING_INDEX),
      });
    }
    for (const product of plan.products) await this.put('stock', { name: product.sku, held: 0, sold: 0, ...product });
    for (const fault of plan.providerFaults) await this.put('faults', fault);
    for (const { orderId, standing } of plan.orders) {
      if (standing === 'accepted') await this.put('orders', { orderId, status: 'OrderAccepted', owner: 'role/shop' });
      if (standing === 'confirmed') await this.put('orders', { orderId, status: 'OrderConfirmed', owner: 'before' });
    }
  }

  private place({ orderId, lines, arrivalsMs }: PlannedOrder): void {
    const { clock } = this;
    for (const atMs of arrivalsMs) {
      const detail = { orderId, lines, customer: { name: 'Ann' } };
      const event = { id: `event-${orderId}`, source: 'shop', 'detail-type': 'OrderPlaced', detail };
      clock.schedule(clock.now() + atMs, () => this.sendOrder(event));
    }
  }

  private sendOrder(event: object): void {
    this.orderQueue.send(JSON.stringify({ ...event, time: new Date(this.clock.now()).toISOString() }));
  }

  /** The default bus with the rule that leads to the recovery queue. */
  private eventBus(): Service {
    const handle = ({ Entries }: { Entries: any[] }) => {
      for (const { Detail, DetailType, Source, Time } of Entries) {
        const detail = JSON.parse(Detail);
        if (DetailType === 'OrderPlaced') {
          this.sendOrder({ id: `again-${detail.orderId}`, source: Source, 'detail-type': DetailType, detail });
          continue;
        }
        if (detail.status === 'RUNNING' || detail.stateMachineArn === this.arns.reconciliationArn) continue;
        this.trace.say(`execution  ${detail.name} ${detail.status} ${detail.output ?? detail.error ?? ''}`);
        if (detail.status === 'SUCCEEDED') continue;
        if (this.fateOfEvents.chance(this.plan.lostEvents)) {
          this.trace.say(`fault      the status event of ${detail.name} is lost`);
          continue;
        }
        const time = new Date(Time * 1000).toISOString();
        const event = {
          id: this.trace.lines.length.toString(),
          source: Source,
          'detail-type': DetailType,
          time,
          detail,
        };
        this.recoveryQueue.send(JSON.stringify(event));
      }
      return { FailedEntryCount: 0, Entries: Entries.map((_, index) => ({ EventId: `${index}` })) };
    };
    return { name: 'events', protocols: [], actions: { PutEvents: { handle } } };
  }

  /** The queues that are not consumed by a function of orders. */
  private queues(): Service {
    const handle = ({ QueueUrl, MessageBody }: { QueueUrl: string; MessageBody: string }) => {
      if (QueueUrl === QUEUES.review) {
        const review = JSON.parse(MessageBody);
        this.reviews.push(review);
        this.trace.effect(
          review.orderId,
          `parked, owing ${review.undoFailures.map((owed: any) => owed.step).join(', ')}`,
        );
      } else if (QueueUrl === QUEUES.approvals) this.approver.receive(MessageBody);
      else this.rejected.push(MessageBody);
      return { MessageId: `message-${++this.messages}`, MD5OfMessageBody: '' };
    };
    return { name: 'sqs', protocols: [], actions: { SendMessage: { handle } } };
  }

  /** Stops an execution whose confirmation is being sent; gives how much later it arrives. */
  private stopAtPivot(input: any): number {
    const row = input.TransactItems?.[0]?.Update;
    if (!this.plan.stopsAtPivot || row?.ExpressionAttributeValues?.[':confirmed'] === undefined) return 0;
    if (row.ExpressionAttributeValues[':sold'] === undefined) return 0;
    const { clock, adversary } = this;
    clock.schedule(clock.now() + adversary.delay(1, 20), () => void this.stopNewest(row.Key.orderId.S));
    return adversary.delay(1, 400);
  }

  private async stopNewest(orderId: string): Promise<void> {
    for (const executionArn of this.executionsOf(orderId).reverse()) {
      const execution = await this.describe(executionArn);
      if (execution?.status !== 'RUNNING') continue;
      this.trace.say(`fault      ${execution.name} is stopped`);
      const input = { executionArn, error: 'Operator', cause: 'stopped by hand' };
      await this.direct(this.machines.service, 'StopExecution', input);
      return;
    }
  }

  /** The ARNs that the executions of an order can have. */
  private executionsOf(orderId: string): string[] {
    const { ordersMachineArn, undoMachineArn } = this.arns;
    const execution = (machineArn: string, name: string) =>
      `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    return [
      execution(ordersMachineArn, orderId),
      ...[1, 2, 3].map((attempt) => execution(undoMachineArn, `${orderId}.undo${attempt}`)),
    ];
  }

  private async describe(executionArn: string): Promise<WorldExecution | undefined> {
    try {
      return await this.direct(this.machines.service, 'DescribeExecution', { executionArn });
    } catch (error) {
      if ((error as { code?: string }).code === 'ExecutionDoesNotExist') return undefined;
      throw error;
    }
  }

  private put(TableName: keyof typeof TABLES, item: object) {
    return this.direct(this.dynamodb, 'PutItem', { TableName, Item: marshall(item) });
  }

  /** Calls an action beside the network. */
  private async direct(service: Service, action: string, input: object): Promise<any> {
    const caller = this.gateway.identify('test');
    return service.actions[action]!.handle(input, { caller, requestId: 'test' });
  }
}

/** The index of orders that wait, as the stack makes it. */
const WAITING_INDEX = {
  GlobalSecondaryIndexes: [
    {
      IndexName: 'waiting',
      KeySchema: keySchema(['waitingSince', 'orderId']),
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};

function keySchema(names: readonly string[]) {
  return names.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' }));
}

function attributes(names: readonly string[]) {
  return names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));
}
