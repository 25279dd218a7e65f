import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmBase,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  type IAlarm,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Workflow } from '../constructs/workflow';
import type { StageSettings } from '../stages/stage-settings';
import type { AlarmTopics, Severity } from './alarm-topics';

/** What the alarms of one stack have in common. */
export interface AlarmSetProps {
  readonly settings: StageSettings;
  readonly topics: AlarmTopics;
}

/** One thing that is watched. */
export interface Watch {
  readonly metric: IMetric;
  readonly threshold: number;
  /** What it means when it rings, in one sentence. */
  readonly means: string;
  readonly severity: Severity;
  /** @default 1 of 1, and 2 of 3 where a single bad minute is no news: `{ datapoints: 2, of: 3 }` */
  readonly when?: { readonly datapoints: number; readonly of: number };
  /** @default GREATER_THAN_OR_EQUAL_TO_THRESHOLD */
  readonly comparison?: ComparisonOperator;
  /** @default NOT_BREACHING: no data is good news */
  readonly missingData?: TreatMissingData;
  /** Alarms of which this one is a mere consequence: while one of them rings, this one changes its state in silence. */
  readonly becauseOf?: readonly IAlarm[];
}

/**
 * Alarms of one stack. Each has a name, `STACK-KEBAB-ID`, and a description that says what it means, who owns it and where
 * its runbook is: docs/runbooks/KEBAB-ID.md. It rings by the topic of its severity, also when all is well again.
 */
export abstract class AlarmSet extends Construct {
  protected readonly settings: StageSettings;
  private readonly topics: AlarmTopics;

  constructor(scope: Construct, id: string, { settings, topics }: AlarmSetProps) {
    super(scope, id);
    this.settings = settings;
    this.topics = topics;
  }

  /** Makes the alarm, and what keeps it silent while its cause rings. Gives what others may be a consequence of. */
  protected watch(id: string, watch: Watch): IAlarm {
    const { metric, threshold, severity, when = { datapoints: 1, of: 1 }, becauseOf = [] } = watch;
    const alarm = new Alarm(this, id, {
      alarmName: this.nameOf(id),
      alarmDescription: this.describe(id, watch.means),
      metric,
      threshold,
      evaluationPeriods: when.of,
      datapointsToAlarm: when.datapoints,
      comparisonOperator: watch.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: watch.missingData ?? TreatMissingData.NOT_BREACHING,
    });
    if (becauseOf.length === 0) this.ring(alarm, severity);
    else this.ringUnless(id, alarm, watch, becauseOf);
    return alarm;
  }

  /** Raised when all of these ring together, such as a long and a short window of one rate. They ring no bell themselves. */
  protected watchTogether(id: string, alarms: readonly IAlarm[], means: string, severity: Severity): IAlarm {
    const together = new CompositeAlarm(this, id, {
      compositeAlarmName: this.nameOf(id),
      alarmDescription: this.describe(id, means),
      alarmRule: AlarmRule.allOf(...alarms.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
    });
    this.ring(together, severity);
    return together;
  }

  /** Raised when so many messages lie in a queue in which none should. */
  protected watchParked(queues: Readonly<Record<string, IQueue>>, depth: number): void {
    for (const [name, queue] of Object.entries(queues)) {
      this.watch(name, {
        metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
        threshold: depth,
        means: 'Messages are parked that somebody must look at.',
        severity: 'ticket',
      });
    }
  }

  /** Raised when the oldest message of a queue has waited so long. */
  protected watchAge(id: string, queue: IQueue, seconds: number, means: string): IAlarm {
    const metric = queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' });
    return this.watch(id, { metric, threshold: seconds, means, severity: 'page' });
  }

  /** Raised when so many executions of a workflow fail, time out or are aborted within five minutes. */
  protected watchDeaths(id: string, { stateMachine }: Workflow, threshold: number): IAlarm {
    const died = new MathExpression({
      expression: 'failed + timedOut + aborted',
      label: 'executions that died',
      period: Duration.minutes(5),
      usingMetrics: {
        failed: stateMachine.metricFailed(),
        timedOut: stateMachine.metricTimedOut(),
        aborted: stateMachine.metricAborted(),
      },
    });
    return this.watch(id, {
      metric: died,
      threshold,
      means: 'Executions failed, timed out or were aborted.',
      severity: 'ticket',
    });
  }

  private ringUnless(id: string, alarm: Alarm, { means, severity }: Watch, causes: readonly IAlarm[]): void {
    const ofAlarm = (cause: IAlarm) => AlarmRule.fromAlarm(cause, AlarmState.ALARM);
    const silent = new CompositeAlarm(this, `${id}Explained`, {
      compositeAlarmName: `${this.nameOf(id)}-explained`,
      alarmDescription: 'Keeps a consequence silent while its cause rings.',
      alarmRule: AlarmRule.anyOf(...causes.map(ofAlarm)),
    });
    const bell = new CompositeAlarm(this, `${id}Bell`, {
      compositeAlarmName: `${this.nameOf(id)}-bell`,
      alarmDescription: this.describe(id, means),
      alarmRule: ofAlarm(alarm),
      actionsSuppressor: silent,
      // A cause and its consequence may be noticed in either order, a minute or two apart.
      actionsSuppressorWaitPeriod: Duration.minutes(2),
      actionsSuppressorExtensionPeriod: Duration.minutes(2),
    });
    this.ring(bell, severity);
  }

  private ring(alarm: AlarmBase, severity: Severity): void {
    const action = new SnsAction(this.topics[severity]);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }

  private nameOf(id: string): string {
    return `${Stack.of(this).stackName}-${kebab(id)}`;
  }

  private describe(id: string, means: string): string {
    const { owner, runbooksUrl } = this.settings.alarms;
    return `${means} Owner: ${owner}. Runbook: ${runbooksUrl}/${kebab(id)}.md`;
  }
}

/** `OldestOrder` as `oldest-order`. */
function kebab(id: string): string {
  return id.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}
