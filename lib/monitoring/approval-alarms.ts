import { Duration } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { TaskFunction } from '../constructs/task-function';
import type { Workflow } from '../constructs/workflow';
import type { AlarmSetProps } from './alarm-set';
import { serviceMetric } from './service-metrics';
import { WorkflowAlarms } from './workflow-alarms';

/** What is watched. The keys become part of the alarms' logical ids. */
export interface ApprovalAlarmsProps extends AlarmSetProps {
  /** Queues in which no message should lie. */
  readonly parked: Readonly<Record<string, IQueue>>;
  readonly approvalsQueue: IQueue;
  /** Functions that nobody waits for, and that end with an error: it is seen here or nowhere. */
  readonly functions: Readonly<Record<string, TaskFunction>>;
  /** Machines of the stack itself, such as examples. */
  readonly workflows: readonly Workflow[];
}

/** Alarms of approvals: they fail or are stuck, something is parked, asks wait, mails or callbacks do not arrive, or effects fail. */
export class ApprovalAlarms extends WorkflowAlarms {
  constructor(scope: Construct, id: string, props: ApprovalAlarmsProps) {
    super(scope, id, props);
    const { alarms, slo } = this.settings;
    const drift = this.watchDrift('approvals', 'ApprovalMessageRejected');
    this.watchParked(props.parked, alarms.deadLetterDepth, { ApprovalDeadLetters: [drift] });
    this.watchOldestParked(props.parked);
    this.watchAge('OldestAsk', props.approvalsQueue, alarms.oldestAskSeconds, 'Asks wait longer than they should.');
    // A reader of a stream answers which records failed, and ends without an error: it counts them itself.
    this.watch('CarryOutFails', {
      metric: serviceMetric('approvals', 'ApprovalEffectFailed', Duration.minutes(5)),
      threshold: alarms.carryOutErrors,
      means: 'Mails, callbacks or wake-ups fail.',
      severity: 'ticket',
    });
    for (const [name, task] of Object.entries(props.functions)) {
      this.watch(`${name}Fails`, {
        metric: task.function.metricErrors({ period: Duration.minutes(5) }),
        threshold: alarms.carryOutErrors,
        means: 'Mails, callbacks or wake-ups fail.',
        severity: 'ticket',
      });
    }
    const undeliverable = this.watch('ApprovalUndeliverable', {
      metric: serviceMetric('approvals', 'ApprovalUndeliverable', Duration.minutes(5)),
      threshold: alarms.undeliverableApprovals,
      means: 'A request for approval reaches nobody, and there is nobody to escalate to.',
      severity: 'page',
    });
    this.watch('ApprovalCallbacksGone', {
      metric: serviceMetric('approvals', 'ApprovalCallbackGone', Duration.hours(1)),
      threshold: alarms.undeliveredCallbacks,
      means: 'A decision was not taken: the execution that asked had ended, or had the answer already.',
      severity: 'ticket',
    });
    this.watch('ApprovalEffectsSwept', {
      metric: serviceMetric('approvals', 'ApprovalSwept', Duration.hours(1)),
      threshold: alarms.undeliveredCallbacks,
      means:
        'Only the sweeper carried out what was due: the stream of the approvals table or its function is in trouble.',
      severity: 'ticket',
    });
    const failing = this.watchFailing('ApprovalsFailing', 'approvals', slo.approvals, [undeliverable]);
    this.watchBurning('ApprovalsBurning', 'approvals', slo.approvals, [failing]);
    this.watch('ApprovalsUnanswered', {
      metric: serviceMetric('approvals', 'PendingApprovalAgeSeconds', Duration.minutes(5), 'Maximum'),
      threshold: alarms.unansweredApprovalSeconds,
      means: 'The oldest request for an approval has waited for hours, and nobody has answered.',
      severity: 'ticket',
    });
    if (props.workflows.length > 0) {
      this.watchStuck('ApprovalsStuck', 'approvals', 'ticket');
      this.watchTasks(props.workflows);
    }
    this.watchSecrets();
    this.watchThrottles(props.workflows);
  }
}
