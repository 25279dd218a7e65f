import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ApprovalGate } from '../constructs/approval-gate';
import type { DataTable } from '../constructs/data-table';
import { EventArchive } from '../constructs/event-archive';
import { OperatorLog } from '../constructs/operator-log';
import { ParkedQueue, READ_BY_PEOPLE } from '../constructs/parked-queue';
import type { StandardWorkflow } from '../constructs/standard-workflow';
import type { AlarmSet } from '../monitoring/alarm-set';
import type { AlarmTopics } from '../monitoring/alarm-topics';
import { OrderAlarms } from '../monitoring/order-alarms';
import type { StageSettings } from '../stages/stage-settings';
import type { CostWatch } from './cost-watch';
import { OrderApi } from './orders/order-api';
import { OrderEvents } from './orders/order-events';
import { OrderIntake } from './orders/order-intake';
import { OrderProbe } from './orders/order-probe';
import { OrderReconciliation } from './orders/order-reconciliation';
import { OrderRecovery } from './orders/order-recovery';
import { OrderSteps } from './orders/order-steps';
import { OrderTables } from './orders/order-tables';
import { OrderWorkflows } from './orders/order-workflows';

/** What the stack is made for. */
export interface OrdersStackProps extends StackProps {
  readonly settings: StageSettings;
  /** Where the alarms ring. */
  readonly topics: AlarmTopics;
  /** Estimates what the stack costs. */
  readonly costs: CostWatch;
  /** Where orders above the limit ask for approval. */
  readonly gate: ApprovalGate;
}

/** Orders end to end: API, bus, intake, the saga, its recovery, the events of its ends, and the alarms. */
export class OrdersStack extends Stack {
  /** Where it is told that orders were placed and how they ended. */
  readonly bus: EventBus;
  /** One row per order. */
  readonly orders: DataTable;
  /** Pieces on hand and the price, per SKU. */
  readonly stock: DataTable;
  /** Where built-in providers can be made to fail. */
  readonly faults?: DataTable;
  readonly saga: StandardWorkflow;
  /** The undos of orders whose execution died. */
  readonly undo: StandardWorkflow;
  readonly alarms: AlarmSet;
  /** All machines of the stack. */
  readonly workflows: readonly StandardWorkflow[];

  constructor(scope: Construct, id: string, props: OrdersStackProps) {
    super(scope, id, props);
    const { settings, gate, topics, costs } = props;
    const bus = new EventBus(this, 'OrderBus', { description: 'Orders that were placed, and how they ended' });
    const archive = new EventArchive(this, 'OrderArchive', {
      bus,
      description: 'What was on the bus of the orders, to be replayed',
      retentionDays: settings.orders.archiveDays,
    });
    const tables = new OrderTables(this, 'Tables', settings);
    this.bus = bus;
    this.orders = tables.orders;
    this.stock = tables.stock;
    this.faults = tables.faults;
    // Orders whose undo failed for good wait here for a person.
    const reviewQueue = new ParkedQueue(this, 'ReviewQueue', READ_BY_PEOPLE);
    const steps = new OrderSteps(this, 'Steps', { settings, tables, gate });
    const workflows = new OrderWorkflows(this, 'Workflows', {
      settings,
      tables,
      tasks: steps.tasks,
      reviewQueue,
      gate,
      stackName: this.stackName,
    });
    const intake = new OrderIntake(this, 'Intake', { settings, tables, bus, workflow: workflows.orders });
    const recovery = new OrderRecovery(this, 'Recovery', { settings, tables, workflows, reviewQueue });
    const reconciliation = new OrderReconciliation(this, 'Reconciliation', {
      settings,
      tables,
      workflows,
      bus,
      reviewQueue,
      stackName: this.stackName,
    });
    const events = new OrderEvents(this, 'Events', { settings, tables, bus });
    const api = new OrderApi(this, 'Api', { settings, tables, bus });
    const probe = settings.hasEventProbe ? new OrderProbe(this, 'Probe', bus, events.deadLetterQueue) : undefined;
    this.saga = workflows.orders;
    this.undo = workflows.undo;
    this.workflows = [workflows.orders, workflows.undo, reconciliation.workflow];
    this.alarms = new OrderAlarms(this, 'Alarms', {
      settings,
      topics,
      workflows: { Orders: workflows.orders, Undo: workflows.undo },
      parked: {
        OrderDeadLetters: intake.queue.deadLetterQueue,
        RecoveryDeadLetters: recovery.queue.deadLetterQueue,
        OrderEventDeadLetters: events.deadLetterQueue,
        ReconciliationDeadLetters: reconciliation.deadLetterQueue,
        Reviews: reviewQueue,
      },
      orderQueue: intake.queue.queue,
      reconciliation: reconciliation.workflow,
    });
    new OperatorLog(this, 'OperatorLog', {
      retention: settings.logRetentionDays as RetentionDays,
      isRetained: settings.data.onDelete === 'retain',
    });

    costs.watch(this, 'orders');

    this.output('Stage', settings.name);
    this.output('Region', this.region);
    this.output('OrdersApiUrl', api.endpoint);
    this.output('OrderBusName', bus.eventBusName);
    this.output('OrderBusArn', bus.eventBusArn);
    this.output('OrderArchiveArn', archive.arn);
    this.output('OrdersMachineArn', workflows.orders.arn);
    this.output('UndoMachineArn', workflows.undo.arn);
    this.output('OrdersAliasArn', workflows.orders.liveArn);
    this.output('UndoAliasArn', workflows.undo.liveArn);
    this.output('ReconciliationMachineArn', reconciliation.workflow.arn);
    this.output('OrdersTableName', tables.orders.name);
    this.output('StockTableName', tables.stock.name);
    this.output('IdempotencyTableName', tables.idempotency.name);
    this.output('PaymentsTableName', tables.payments?.name);
    this.output('ShipmentsTableName', tables.shipments.name);
    this.output('FaultsTableName', tables.faults?.name);
    this.output('OrderQueueUrl', intake.queue.queue.queueUrl);
    this.output('OrderDeadLetterQueueUrl', intake.queue.deadLetterQueue.queueUrl);
    this.output('RecoveryQueueUrl', recovery.queue.queue.queueUrl);
    this.output('RecoveryDeadLetterQueueUrl', recovery.queue.deadLetterQueue.queueUrl);
    this.output('ReconciliationDeadLetterQueueUrl', reconciliation.deadLetterQueue.queueUrl);
    this.output('ReviewQueueUrl', reviewQueue.queueUrl);
    this.output('OrderEventsDeadLetterQueueUrl', events.deadLetterQueue.queueUrl);
    this.output('OrderEventsProbeQueueUrl', probe?.queue.queueUrl);
  }

  private output(id: string, value: string | undefined): void {
    if (value !== undefined) new CfnOutput(this, id, { value });
  }
}
