import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ApprovalGate } from '../../constructs/approval-gate';
import type { DataTable } from '../../constructs/data-table';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { orderFunction, STRIPE_BUNDLE_LIMIT_BYTES } from './order-functions';
import type { OrderTables } from './order-tables';

const LEDGER_ACTIONS = ['dynamodb:PutItem', 'dynamodb:UpdateItem'];

/** What the steps work with. */
export interface OrderStepsProps {
  readonly settings: StageSettings;
  readonly tables: OrderTables;
  readonly gate: ApprovalGate;
}

/** The functions that the orders machine invokes; each has the name of its state. */
export class OrderSteps extends Construct {
  readonly tasks: Readonly<Record<string, TaskFunction>>;

  private readonly settings: StageSettings;
  private readonly tables: OrderTables;

  constructor(scope: Construct, id: string, { settings, tables, gate }: OrderStepsProps) {
    super(scope, id);
    this.settings = settings;
    this.tables = tables;
    const { idempotency } = tables;
    const charge = this.paymentStep('ChargePayment', 'charge-payment', 'Charges an order once');
    const refund = this.paymentStep('RefundPayment', 'refund-payment', 'Gives an order its money back, or voids it');
    const ship = this.shipmentStep('ShipOrder', 'ship-order', 'Books the shipment of an order once');
    const cancel = this.shipmentStep('CancelShipment', 'cancel-shipment', 'Cancels a shipment, or voids it');
    // Doing looks up what an earlier attempt did; undoing writes at once.
    for (const [step, ledger] of [[charge, tables.payments] as const, [ship, tables.shipments] as const]) {
      if (ledger) step.allow(['dynamodb:GetItem'], ledger.arn);
    }
    charge.function.addEnvironment('APPROVAL_ABOVE_CENTS', String(settings.orders.approvalAboveCents));
    gate.grantReport(charge);
    for (const step of [charge, ship]) idempotency.grantRecords(step);
    for (const undo of [refund, cancel]) idempotency.grantFence(undo);
    this.tasks = {
      ChargePayment: charge,
      RefundPayment: refund,
      ShipOrder: ship,
      CancelShipment: cancel,
      ReleaseStock: this.releaseStock(),
    };
  }

  private paymentStep(id: string, handler: string, description: string): TaskFunction {
    const { payments } = this.settings;
    return payments.provider === 'stripe'
      ? this.stripeStep(id, handler, description, payments.secretArn)
      : this.ledgerStep(id, handler, description, 'PAYMENTS_TABLE', this.tables.payments);
  }

  private shipmentStep(id: string, handler: string, description: string): TaskFunction {
    return this.ledgerStep(id, handler, description, 'SHIPMENTS_TABLE', this.tables.shipments);
  }

  /** A step of a built-in provider, whose effects are entries of a ledger. */
  private ledgerStep(id: string, handler: string, description: string, variable: string, ledger?: DataTable) {
    if (!ledger) throw new Error(`${id} works with a built-in provider and needs its ledger: OrderTables made none.`);
    const task = orderFunction(this, id, this.settings, {
      handler,
      description,
      environment: { [variable]: ledger.name },
    });
    task.allow(LEDGER_ACTIONS, ledger.arn);
    this.allowFaults(task);
    return task;
  }

  /** A step that asks Stripe. Where each payment stands is remembered beside the idempotency records. */
  private stripeStep(id: string, handler: string, description: string, secretArn: string): TaskFunction {
    const task = orderFunction(this, id, this.settings, {
      handler: `${handler}-stripe`,
      description: `${description}, with Stripe`,
      // A look-up, a creation and a confirmation, each of which may take Stripe five seconds.
      timeout: Duration.seconds(25),
      bundleLimitBytes: STRIPE_BUNDLE_LIMIT_BYTES,
      environment: { STRIPE_SECRET_ARN: secretArn },
    });
    task.allow(['secretsmanager:GetSecretValue'], secretArn);
    task.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], this.tables.idempotency.arn);
    return task;
  }

  private releaseStock(): TaskFunction {
    const { orders, stock } = this.tables;
    const task = orderFunction(this, 'ReleaseStock', this.settings, {
      handler: 'release-stock',
      description: 'Puts the stock that an order holds back on hand, or stops a reservation that comes late',
      environment: { ORDERS_TABLE: orders.name, STOCK_TABLE: stock.name },
    });
    task.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], orders.arn);
    task.allow(['dynamodb:UpdateItem'], stock.arn);
    this.allowFaults(task);
    return task;
  }

  private allowFaults(task: TaskFunction): void {
    const { faults } = this.tables;
    if (!faults) return;
    task.allow(['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], faults.arn);
    task.function.addEnvironment('FAULTS_TABLE', faults.name);
  }
}
