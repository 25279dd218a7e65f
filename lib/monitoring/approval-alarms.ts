import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { TaskFunction } from '../constructs/task-function';
import type { StageSettings } from '../stages/stage-settings';
import { AlarmSet } from './alarm-set';

/** What is watched. The keys become part of the alarms' logical ids. */
export interface ApprovalAlarmsProps {
  readonly settings: StageSettings;
  /** Queues in which no message should lie. */
  readonly parked: Readonly<Record<string, IQueue>>;
  readonly approvalsQueue: IQueue;
  /** Functions that nobody waits for: their errors are seen here or nowhere. */
  readonly functions: Readonly<Record<string, TaskFunction>>;
}

/** Alarms of approvals: something is parked, asks wait, mails or callbacks do not arrive, or effects fail. */
export class ApprovalAlarms extends AlarmSet {
  constructor(scope: Construct, id: string, props: ApprovalAlarmsProps) {
    const { alarms } = props.settings;
    super(scope, id, alarms.emails);
    this.watchParked(props.parked, alarms.deadLetterDepth);
    this.watchAge('OldestAsk', props.approvalsQueue, alarms.oldestAskSeconds, 'Asks wait longer than they should.');
    for (const [name, task] of Object.entries(props.functions)) {
      const errors = task.function.metricErrors({ period: Duration.minutes(5) });
      this.watch(`${name}Fails`, errors, alarms.carryOutErrors, 'Mails, callbacks or wake-ups fail: see its log.');
    }
    this.watch(
      'Undeliverable',
      approvalMetric('ApprovalUndeliverable', Duration.minutes(5)),
      alarms.undeliverableApprovals,
      'A request reaches nobody, and there is nobody to escalate to: reassign it, see docs/operating.md.',
    );
    this.watch(
      'CallbacksGone',
      approvalMetric('ApprovalCallbackGone', Duration.hours(1)),
      alarms.undeliveredCallbacks,
      'A decision was not taken: the execution that asked had ended, or had the answer already.',
    );
    this.watch(
      'EffectsSwept',
      approvalMetric('ApprovalSwept', Duration.hours(1)),
      alarms.undeliveredCallbacks,
      'Only the sweeper carried out what was due: the stream of the approvals table or its function is in trouble.',
    );
  }
}

/** A metric that a function of approvals counts; Powertools gives it the service as its dimension. */
function approvalMetric(metricName: string, period: Duration): Metric {
  const dimensionsMap = { service: 'approvals' };
  return new Metric({ namespace: 'Stepwright', metricName, dimensionsMap, statistic: 'Sum', period });
}
