import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { DataTable } from '../constructs/data-table';
import type { ExpressWorkflow } from '../constructs/express-workflow';
import { OperatorLog } from '../constructs/operator-log';
import type { AlarmSet } from '../monitoring/alarm-set';
import type { AlarmTopics } from '../monitoring/alarm-topics';
import { FanOutAlarms } from '../monitoring/fan-out-alarms';
import type { StageSettings } from '../stages/stage-settings';
import type { CostWatch } from './cost-watch';
import { FanOutIntake } from './fan-out/fan-out-intake';
import { FanOutMail } from './fan-out/fan-out-mail';
import { FanOutQueues } from './fan-out/fan-out-queues';
import { FanOutTables } from './fan-out/fan-out-tables';
import { FanOutUpkeep } from './fan-out/fan-out-upkeep';
import { FanOutWebhook } from './fan-out/fan-out-webhook';
import { FanOutWorkflow } from './fan-out/fan-out-workflow';

/** What the stack is made for. */
export interface FanOutStackProps extends StackProps {
  readonly settings: StageSettings;
  /** Where the alarms ring. */
  readonly topics: AlarmTopics;
  /** Estimates what the stack costs. */
  readonly costs: CostWatch;
  /** The buses of the events. The keys become part of the rules' logical ids. */
  readonly buses: Readonly<Record<string, IEventBus>>;
  /** Where the addresses of customers stand. */
  readonly orders: DataTable;
}

/** Order and approval events → rule → Express machine → customer's mail, webhook and analytics row, side by side. */
export class FanOutStack extends Stack {
  readonly alarms: AlarmSet;
  /** All machines of the stack. */
  readonly workflows: readonly ExpressWorkflow[];

  constructor(scope: Construct, id: string, props: FanOutStackProps) {
    super(scope, id, props);
    const { settings, topics, buses, orders, costs } = props;
    const tables = new FanOutTables(this, 'Tables', settings);
    const queues = new FanOutQueues(this, 'Queues', settings);
    const { mailCustomer } = new FanOutMail(this, 'Mail', { settings, tables, orders });
    const webhook = new FanOutWebhook(this, 'Webhook', { settings, tables });
    const { deliverEvent } = new FanOutWorkflow(this, 'Workflow', {
      settings,
      tables,
      queues,
      tasks: { MailCustomer: mailCustomer, CallWebhook: webhook.callWebhook },
      stackName: this.stackName,
    });
    new FanOutIntake(this, 'Intake', { buses, queues, workflow: deliverEvent });
    new FanOutUpkeep(this, 'Upkeep', { settings, tables, queues, workflow: deliverEvent });
    this.workflows = [deliverEvent];
    this.alarms = new FanOutAlarms(this, 'Alarms', {
      settings,
      topics,
      workflows: { DeliverEvent: deliverEvent },
      parked: { ParkedDeliveries: queues.parked, CheckDeadLetters: queues.checkDeadLetters },
      checkQueue: queues.checks,
    });
    new OperatorLog(this, 'OperatorLog', {
      retention: settings.logRetentionDays as RetentionDays,
      isRetained: settings.data.onDelete === 'retain',
    });

    costs.watch(this, 'fan-out');

    this.output('Stage', settings.name);
    this.output('Region', this.region);
    this.output('DeliveryAliasArn', deliverEvent.liveArn);
    this.output('DeliveryMachineArn', deliverEvent.arn);
    this.output('DeliveriesTableName', tables.deliveries.name);
    this.output('AnalyticsTableName', tables.analytics.name);
    this.output('BreakersTableName', tables.breakers.name);
    this.output('WebhookSecretArn', webhook.secret.secretArn);
    this.output('ReceivedWebhooksTableName', webhook.receiver?.received.name);
    this.output('WebhookFaultsTableName', webhook.receiver?.faults?.name);
    this.output('ParkedQueueUrl', queues.parked.queueUrl);
    this.output('ParkedQueueArn', queues.parked.queueArn);
    this.output('ReplayQueueUrl', queues.replays.queueUrl);
    this.output('ReplayQueueArn', queues.replays.queueArn);
    this.output('CheckQueueUrl', queues.checks.queueUrl);
    this.output('CheckDeadLetterQueueUrl', queues.checkDeadLetters.queueUrl);
  }

  private output(id: string, value: string | undefined): void {
    if (value !== undefined) new CfnOutput(this, id, { value });
  }
}
