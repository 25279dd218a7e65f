import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { TaskFunction } from '../constructs/task-function';
import { AlarmSet, type AlarmSetProps } from './alarm-set';

/** What is watched. The keys become part of the alarms' logical ids. */
export interface ApprovalAlarmsProps extends AlarmSetProps {
  /** Queues in which no message should lie. */
  readonly parked: Readonly<Record<string, IQueue>>;
  readonly approvalsQueue: IQueue;
  /** Functions that nobody waits for: their errors are seen here or nowhere. */
  readonly functions: Readonly<Record<string, TaskFunction>>;
}

/** Alarms of approvals: something is parked, asks wait, mails or callbacks do not arrive, or effects fail. */
export class ApprovalAlarms extends AlarmSet {
  constructor(scope: Construct, id: string, props: ApprovalAlarmsProps) {
    super(scope, id, props);
    const { alarms } = this.settings;
    this.watchParked(props.parked, alarms.deadLetterDepth);
    this.watchAge('OldestAsk', props.approvalsQueue, alarms.oldestAskSeconds, 'Asks wait longer than they should.');
    for (const [name, task] of Object.entries(props.functions)) {
      this.watch(`${name}Fails`, {
        metric: task.function.metricErrors({ period: Duration.minutes(5) }),
        threshold: alarms.carryOutErrors,
        means: 'Mails, callbacks or wake-ups fail.',
        severity: 'ticket',
      });
    }
    this.watch('ApprovalUndeliverable', {
      metric: approvalMetric('ApprovalUndeliverable', Duration.minutes(5)),
      threshold: alarms.undeliverableApprovals,
      means: 'A request for approval reaches nobody, and there is nobody to escalate to.',
      severity: 'page',
    });
    this.watch('ApprovalCallbacksGone', {
      metric: approvalMetric('ApprovalCallbackGone', Duration.hours(1)),
      threshold: alarms.undeliveredCallbacks,
      means: 'A decision was not taken: the execution that asked had ended, or had the answer already.',
      severity: 'ticket',
    });
    this.watch('ApprovalEffectsSwept', {
      metric: approvalMetric('ApprovalSwept', Duration.hours(1)),
      threshold: alarms.undeliveredCallbacks,
      means:
        'Only the sweeper carried out what was due: the stream of the approvals table or its function is in trouble.',
      severity: 'ticket',
    });
  }
}

/** A metric that a function of approvals counts; Powertools gives it the service as its dimension. */
function approvalMetric(metricName: string, period: Duration): Metric {
  const dimensionsMap = { service: 'approvals' };
  return new Metric({ namespace: 'Stepwright', metricName, dimensionsMap, statistic: 'Sum', period });
}
