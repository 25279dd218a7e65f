import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmBase,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  type IAlarm,
  type IAlarmRule,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { StageSettings } from '../stages/stage-settings';
import type { AlarmTopics, Severity } from './alarm-topics';

/** What a metric alarm takes: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-data-queries.html */
const MOST_METRICS = 10;

/** What the alarms of one stack have in common. */
export interface AlarmSetProps {
  readonly settings: StageSettings;
  readonly topics: AlarmTopics;
}

/** What every alarm says, and when it keeps silent. */
export interface Bell {
  /** What it means when it rings, in one sentence. */
  readonly means: string;
  readonly severity: Severity;
  /** Alarms of which this one is a mere consequence: while one of them rings, this one changes its state in silence. */
  readonly becauseOf?: readonly IAlarm[];
}

/** What is measured, and when it is too much. */
export interface Measure {
  readonly metric: IMetric;
  readonly threshold: number;
  /** @default 1 of 1, and 2 of 3 where a single bad minute is no news: `{ datapoints: 2, of: 3 }` */
  readonly when?: { readonly datapoints: number; readonly of: number };
  /** @default GREATER_THAN_OR_EQUAL_TO_THRESHOLD */
  readonly comparison?: ComparisonOperator;
  /** @default NOT_BREACHING: no data is good news */
  readonly missingData?: TreatMissingData;
}

/** A sum that is watched. */
export interface SumWatch extends Bell {
  readonly threshold: number;
  readonly period: Duration;
}

/** One thing that is watched. */
export interface Watch extends Measure, Bell {}

/**
 * Alarms of one stack. Each that rings has a name, `STACK-KEBAB-ID`, and a description that says what it means, who owns it and where
 * its runbook is: docs/runbooks/KEBAB-ID.md. It rings by the topic of its severity, also when all is well again. Others tell nobody:
 * parts of those that ring.
 */
export abstract class AlarmSet extends Construct {
  protected readonly settings: StageSettings;
  private readonly topics: AlarmTopics;
  private readonly names: Record<Severity, string[]> = { page: [], ticket: [] };

  constructor(scope: Construct, id: string, { settings, topics }: AlarmSetProps) {
    super(scope, id);
    this.settings = settings;
    this.topics = topics;
  }

  /** The names of the alarms that ring, by severity. */
  get bells(): Readonly<Record<Severity, readonly string[]>> {
    return this.names;
  }

  /** Makes the alarm, and what keeps it silent while its cause rings. Gives what others may be a consequence of. */
  protected watch(id: string, watch: Watch): IAlarm {
    if ((watch.becauseOf ?? []).length > 0)
      return this.watchTogether(id, 'all', [this.notice(`${id}Noticed`, watch)], watch);
    const alarm = this.measure(id, watch, this.describe(id, watch.means));
    this.ring(id, alarm, watch.severity);
    return alarm;
  }

  /** An alarm that tells nobody: a part of one that rings. */
  protected notice(id: string, measure: Measure): IAlarm {
    return this.measure(id, measure, 'It tells nobody: it is a part of another alarm.');
  }

  /** Raised when `all` or `any` of these are, such as a long and a short window of one rate. */
  protected watchTogether(id: string, how: 'all' | 'any', alarms: readonly IAlarm[], bell: Bell): IAlarm {
    const [cause, ...others] = bell.becauseOf ?? [];
    const together = new CompositeAlarm(this, id, {
      compositeAlarmName: this.nameOf(id),
      alarmDescription: this.describe(id, bell.means),
      alarmRule: ruleOf(how, alarms),
      ...(cause && {
        actionsSuppressor: others.length === 0 ? cause : this.anyOf(`${id}Explained`, [cause, ...others]),
        // A cause and its consequence may be noticed in either order, a minute or two apart.
        actionsSuppressorWaitPeriod: Duration.minutes(2),
        actionsSuppressorExtensionPeriod: Duration.minutes(2),
      }),
    });
    this.ring(id, together, bell.severity);
    return together;
  }

  /** Raised when the sum of these is too large. A metric alarm takes ten metrics; more are split among several, one of which is enough. */
  protected watchSum(id: string, metrics: readonly IMetric[], { threshold, period, ...bell }: SumWatch): IAlarm {
    const parts = chunks(metrics, MOST_METRICS).map((part) => ({ metric: sumOf(part, period), threshold }));
    if (parts.length === 1) return this.watch(id, { ...parts[0]!, ...bell });
    const noticed = parts.map((part, index) => this.notice(`${id}Part${index + 1}`, part));
    return this.watchTogether(id, 'any', noticed, bell);
  }

  /** Raised when so many messages lie in a queue in which none should. */
  protected watchParked(
    queues: Readonly<Record<string, IQueue>>,
    depth: number,
    becauseOf: Readonly<Record<string, readonly IAlarm[]>> = {},
  ): void {
    for (const [name, queue] of Object.entries(queues)) {
      this.watch(name, {
        metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
        threshold: depth,
        means: 'Messages are parked that somebody must look at.',
        severity: 'ticket',
        becauseOf: becauseOf[name],
      });
    }
  }

  /** Raised when the oldest message of a queue has waited so long. */
  protected watchAge(id: string, queue: IQueue, seconds: number, means: string): IAlarm {
    const metric = queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' });
    return this.watch(id, { metric, threshold: seconds, means, severity: 'page' });
  }

  private measure(id: string, measure: Measure, alarmDescription: string): Alarm {
    const { metric, threshold, when = { datapoints: 1, of: 1 } } = measure;
    return new Alarm(this, id, {
      alarmName: this.nameOf(id),
      alarmDescription,
      metric,
      threshold,
      evaluationPeriods: when.of,
      datapointsToAlarm: when.datapoints,
      comparisonOperator: measure.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: measure.missingData ?? TreatMissingData.NOT_BREACHING,
    });
  }

  private anyOf(id: string, causes: readonly IAlarm[]): IAlarm {
    return new CompositeAlarm(this, id, {
      compositeAlarmName: this.nameOf(id),
      alarmDescription: 'It tells nobody: it keeps a consequence silent while its cause rings.',
      alarmRule: ruleOf('any', causes),
    });
  }

  private ring(id: string, alarm: AlarmBase, severity: Severity): void {
    this.names[severity].push(this.nameOf(id));
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

function ruleOf(how: 'all' | 'any', alarms: readonly IAlarm[]): IAlarmRule {
  const rules = alarms.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM));
  if (rules.length === 1) return rules[0]!;
  return how === 'all' ? AlarmRule.allOf(...rules) : AlarmRule.anyOf(...rules);
}

/** The sum of those that have a value. */
function sumOf(metrics: readonly IMetric[], period: Duration): IMetric {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  return new MathExpression({
    expression: `SUM([${Object.keys(usingMetrics).join(', ')}])`,
    label: 'sum',
    period,
    usingMetrics,
  });
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** `OldestOrder` as `oldest-order`. */
function kebab(id: string): string {
  return id.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}
