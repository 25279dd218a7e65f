import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ApprovalGate } from '../constructs/approval-gate';
import type { DataTable } from '../constructs/data-table';
import { OperatorLog } from '../constructs/operator-log';
import type { StandardWorkflow } from '../constructs/standard-workflow';
import type { AlarmSet } from '../monitoring/alarm-set';
import type { AlarmTopics } from '../monitoring/alarm-topics';
import { ApprovalAlarms } from '../monitoring/approval-alarms';
import type { StageSettings } from '../stages/stage-settings';
import { ApprovalApi } from './approvals/approval-api';
import { ApprovalEffects } from './approvals/approval-effects';
import { ApprovalEvents } from './approvals/approval-events';
import { ApprovalExample } from './approvals/approval-example';
import { ApprovalIntake } from './approvals/approval-intake';
import { ApprovalKeys } from './approvals/approval-keys';
import { ApprovalMail } from './approvals/approval-mail';
import { ApprovalTables } from './approvals/approval-tables';
import type { CostWatch } from './cost-watch';

/** What the stack is made for. */
export interface ApprovalsStackProps extends StackProps {
  readonly settings: StageSettings;
  /** Where the alarms ring. */
  readonly topics: AlarmTopics;
  /** Estimates what the stack costs. */
  readonly costs: CostWatch;
}

/** Human approvals for any workflow of the account: queue, page, mails, wake-ups, operators' API, and the alarms. */
export class ApprovalsStack extends Stack {
  /** Through which workflows ask. */
  readonly gate: ApprovalGate;
  /** Where it is told that requests were opened and decided. */
  readonly bus: EventBus;
  /** One row per request. */
  readonly requests: DataTable;
  /** One row per act. */
  readonly audit: DataTable;
  readonly alarms: AlarmSet;
  /** All machines of the stack: examples. */
  readonly workflows: readonly StandardWorkflow[];

  constructor(scope: Construct, id: string, props: ApprovalsStackProps) {
    super(scope, id, props);
    const { settings, topics, costs } = props;
    const keys = new ApprovalKeys(this, 'Keys', settings);
    const tables = new ApprovalTables(this, 'Tables', settings);
    const intake = new ApprovalIntake(this, 'Intake', { settings, tables, keys });
    const api = new ApprovalApi(this, 'Api', { settings, tables });
    const mail = new ApprovalMail(this, 'Mail', { settings, tables });
    const effects = new ApprovalEffects(this, 'Effects', { settings, tables, keys, mail, pageUrl: api.endpoint });
    this.gate = intake.gate;
    const events = new ApprovalEvents(this, 'Events', { settings, tables });
    this.bus = events.bus;
    const example = settings.hasExamples
      ? new ApprovalExample(this, 'Example', { settings, gate: this.gate, stackName: this.stackName })
      : undefined;
    this.requests = tables.approvals;
    this.audit = tables.audit;
    this.workflows = example ? [example.workflow] : [];
    this.alarms = new ApprovalAlarms(this, 'Alarms', {
      settings,
      topics,
      parked: {
        ApprovalDeadLetters: intake.queue.deadLetterQueue,
        EffectDeadLetters: effects.effectDeadLetters,
        WakeDeadLetters: effects.wakeDeadLetters,
        ApprovalEventDeadLetters: events.deadLetterQueue,
        FeedbackDeadLetters: mail.feedback.deadLetterQueue,
        ...(example && { ExpenseReviews: example.reviewQueue }),
      },
      approvalsQueue: intake.queue.queue,
      functions: effects.functions,
      workflows: this.workflows,
    });
    new OperatorLog(this, 'OperatorLog', {
      retention: settings.logRetentionDays as RetentionDays,
      isRetained: settings.data.onDelete === 'retain',
    });

    costs.watch(this, 'approvals');

    this.output('Stage', settings.name);
    this.output('Region', this.region);
    this.output('ApprovalsApiUrl', api.endpoint);
    this.output('ApprovalsQueueUrl', intake.queue.queue.queueUrl);
    this.output('ApprovalsQueueArn', intake.queue.queue.queueArn);
    this.output('ApprovalsKeyArn', keys.approvals.keyArn);
    this.output('ApprovalsTableName', tables.approvals.name);
    this.output('ApprovalAuditTableName', tables.audit.name);
    this.output('ApprovalBusName', events.bus.eventBusName);
    this.output('ApprovalBusArn', events.bus.eventBusArn);
    this.output('ApprovalArchiveArn', events.archive.arn);
    this.output('ApprovalsDeadLetterQueueUrl', intake.queue.deadLetterQueue.queueUrl);
    this.output('ApprovalEffectsDeadLetterQueueUrl', effects.effectDeadLetters.queueUrl);
    this.output('ApprovalWakesDeadLetterQueueUrl', effects.wakeDeadLetters.queueUrl);
    this.output('ApprovalEventsDeadLetterQueueUrl', events.deadLetterQueue.queueUrl);
    this.output('ApprovalFeedbackDeadLetterQueueUrl', mail.feedback.deadLetterQueue.queueUrl);
    this.output('ExpenseMachineArn', example?.workflow.arn);
    this.output('ExpenseAliasArn', example?.workflow.liveArn);
    this.output('ExpensesTableName', example?.expenses.name);
    this.output('ExpenseReviewQueueUrl', example?.reviewQueue.queueUrl);
  }

  private output(id: string, value: string | undefined): void {
    if (value !== undefined) new CfnOutput(this, id, { value });
  }
}
