import { Duration, Stack } from 'aws-cdk-lib';
import { type IAlarm, type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { DataTable } from '../constructs/data-table';
import type { Workflow } from '../constructs/workflow';
import type { ServiceLevel, TimedLevel } from '../stages/service-level-settings';
import { BUDGET_HOURS } from '../stages/service-level-settings';
import { AlarmSet } from './alarm-set';
import type { Severity } from './alarm-topics';
import { MachineLogFilters } from './machine-log-filters';
import { SecretFilters } from './secret-filters';
import { burnRate, type Service, serviceMetric } from './service-metrics';
import { WorkflowMetrics } from './workflow-metrics';

const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);

/** What the stacks of all workflows are watched for, in the same way. */
export abstract class WorkflowAlarms extends AlarmSet {
  /** Raised when the workflow fails fast enough to spend its budget within a day: an hour's rate and that of five minutes. */
  protected watchFailing(id: string, service: Service, level: ServiceLevel, becauseOf?: readonly IAlarm[]): IAlarm {
    const { pageBurnRate, exhaustedWithinHours } = this.settings.slo;
    // Whoever spends the rest within a day burns so many times as fast. Without a word of the watcher nothing is left.
    const timesTheRest = Number((BUDGET_HOURS / exhaustedWithinHours).toFixed(3));
    const now = new MathExpression({
      expression: `IF(burn >= ${timesTheRest} * FILL(rest, 0), burn, 0 * burn)`,
      label: 'burn rate of five minutes, if it spends the budget in time',
      period: FIVE_MINUTES,
      usingMetrics: {
        burn: burnRate(service, level.objective, FIVE_MINUTES, level.badForPage),
        rest: serviceMetric(service, 'ErrorBudgetRemaining', FIVE_MINUTES, 'Minimum'),
      },
    });
    return this.watchTogether(
      id,
      'all',
      [
        this.notice(`${id}Hour`, {
          metric: burnRate(service, level.objective, Duration.hours(1), level.badForPage),
          threshold: pageBurnRate,
        }),
        this.notice(`${id}Now`, { metric: now, threshold: pageBurnRate }),
      ],
      {
        means: `So much fails that the error budget of 30 days is spent within ${exhaustedWithinHours} hours.`,
        severity: 'page',
        becauseOf,
      },
    );
  }

  /** Raised when the workflow has failed for days faster than its objective allows. */
  protected watchBurning(id: string, service: Service, level: ServiceLevel, becauseOf: readonly IAlarm[]): void {
    const threshold = this.settings.slo.ticketBurnRate;
    const over = (period: Duration, atLeast: number) => burnRate(service, level.objective, period, atLeast);
    this.watchTogether(
      id,
      'all',
      [
        this.notice(`${id}Days`, { metric: over(Duration.days(3), level.badForTicket), threshold }),
        this.notice(`${id}Hours`, { metric: over(Duration.hours(6), 1), threshold }),
      ],
      {
        means: 'More fails than the objective allows: the error budget will be spent before its 30 days are over.',
        severity: 'ticket',
        becauseOf,
      },
    );
  }

  /** Raised when one of twenty takes longer than promised, for half an hour. */
  protected watchSlow(id: string, service: Service, { p95Seconds }: TimedLevel, becauseOf: readonly IAlarm[]): void {
    this.watch(id, {
      metric: serviceMetric(service, 'EndToEndSeconds', Duration.minutes(15), 'p95'),
      threshold: p95Seconds,
      when: { datapoints: 2, of: 3 },
      means: 'From end to end one of twenty takes longer than promised.',
      severity: 'ticket',
      becauseOf,
    });
  }

  /** Raised when executions stand still that should move. */
  protected watchStuck(id: string, service: Service, severity: Severity): void {
    this.watch(id, {
      metric: serviceMetric(service, 'StuckExecutions', MINUTE, 'Maximum'),
      threshold: this.settings.alarms.stuckExecutions,
      when: { datapoints: 2, of: 3 },
      means: 'Executions run, and have been silent for longer than any of their states may be.',
      severity,
    });
  }

  /** Raised when so many executions of a workflow fail, time out or are aborted within five minutes. */
  protected watchDeaths(id: string, workflow: Workflow, threshold: number, becauseOf?: readonly IAlarm[]): void {
    this.watch(id, {
      metric: this.metricsOf(workflow).died(FIVE_MINUTES),
      threshold,
      means: 'Executions failed, timed out or were aborted.',
      severity: 'ticket',
      becauseOf,
    });
  }

  /** Counts the states and tasks of the stack's machines, and is raised when they begin too many tasks, or only repeat themselves. */
  protected watchTasks(workflows: readonly Workflow[], becauseOf?: readonly IAlarm[]): void {
    const { tasksPerMinute, retries } = this.settings.alarms;
    for (const workflow of workflows) new MachineLogFilters(this, `${workflow.node.id}Counts`, workflow);
    const sumOf = (count: 'TasksScheduled' | 'TasksEntered') => {
      const counts = workflows.map((workflow) => this.metricsOf(workflow).counted(count, FIVE_MINUTES));
      const prefix = count === 'TasksScheduled' ? 's' : 'e';
      const usingMetrics = Object.fromEntries(counts.map((metric, index) => [`${prefix}${index}`, metric]));
      return { usingMetrics, sum: `SUM([${Object.keys(usingMetrics).join(', ')}])` };
    };
    const scheduled = sumOf('TasksScheduled');
    const entered = sumOf('TasksEntered');
    const storm = new MathExpression({
      // Retries are attempts without an entry.
      expression:
        `IF(scheduled >= ${5 * tasksPerMinute} OR (scheduled - FILL(entered, 0) >= ${retries.atLeast} ` +
        `AND scheduled - FILL(entered, 0) >= ${retries.percentage / 100} * scheduled), scheduled, 0 * scheduled)`,
      label: 'tasks within five minutes, if they are a storm',
      period: FIVE_MINUTES,
      usingMetrics: {
        scheduled: new MathExpression({
          expression: scheduled.sum,
          period: FIVE_MINUTES,
          usingMetrics: scheduled.usingMetrics,
        }),
        entered: new MathExpression({
          expression: entered.sum,
          period: FIVE_MINUTES,
          usingMetrics: entered.usingMetrics,
        }),
      },
    });
    this.watch('TaskStorm', {
      metric: storm,
      threshold: 1,
      means: 'The machines begin far more tasks than usual, or most of what they do is to try again.',
      severity: 'page',
      becauseOf,
    });
  }

  /** Raised when a fence, or a newer attempt, had to stop late steps. */
  protected watchZombies(service: Service): void {
    this.watch('ZombieStopped', {
      metric: serviceMetric(service, 'StepFenced', FIVE_MINUTES),
      threshold: this.settings.alarms.stoppedZombies,
      means: 'Steps went on after their undo, or after a newer attempt had taken over, and were stopped.',
      severity: 'ticket',
    });
  }

  /** Raised when producers send what the contract does not know, or what breaks it. */
  protected watchDrift(service: Service, rejected: string): IAlarm {
    const counts = ['UnknownFields', 'UnknownVersion', rejected].map((name) =>
      serviceMetric(service, name, FIVE_MINUTES),
    );
    return this.watchSum('SchemaDrift', counts, {
      threshold: this.settings.alarms.driftedMessages,
      period: FIVE_MINUTES,
      means: 'A producer sends fields or versions that the contract does not know, or breaks it.',
      severity: 'ticket',
    });
  }

  /** Raised when something that looks like a secret stands in the log of a function of the stack: make all functions before. */
  protected watchSecrets(): void {
    this.watch('SecretInLogs', {
      metric: new SecretFilters(this, 'Secrets').metric(FIVE_MINUTES),
      threshold: 1,
      means: 'Something that looks like a secret stands in the log of a function.',
      severity: 'page',
    });
  }

  /** Raised when what is parked lies there for days, and is lost soon. */
  protected watchOldestParked(queues: Readonly<Record<string, IQueue>>): void {
    const ages = Object.values(queues).map((queue) =>
      queue.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: 'Maximum' }),
    );
    const usingMetrics = Object.fromEntries(ages.map((metric, index) => [`m${index}`, metric]));
    this.watch('OldestParked', {
      metric: new MathExpression({
        expression: `MAX([${Object.keys(usingMetrics).join(', ')}])`,
        label: 'seconds that the oldest parked message lies there',
        period: FIVE_MINUTES,
        usingMetrics,
      }),
      threshold: this.settings.alarms.oldestParkedSeconds,
      means: 'What is parked has not been looked at for days; its queue drops it after 14.',
      severity: 'page',
    });
  }

  /** Raised when AWS throttles the stack's machines or tables. Functions share one limit of the account, which is watched elsewhere. */
  protected watchThrottles(workflows: readonly Workflow[]): void {
    const tables = Stack.of(this)
      .node.findAll()
      .filter((construct) => construct instanceof DataTable);
    const ofTables = tables.flatMap(({ name }) =>
      ['ReadThrottleEvents', 'WriteThrottleEvents'].map(
        (metricName) =>
          new Metric({
            namespace: 'AWS/DynamoDB',
            metricName,
            dimensionsMap: { TableName: name },
            statistic: 'Sum',
            period: FIVE_MINUTES,
          }),
      ),
    );
    const ofMachines = workflows.map((workflow) => this.metricsOf(workflow).throttled(FIVE_MINUTES));
    const all: IMetric[] = [...ofMachines, ...ofTables];
    this.watchSum('Throttled', all, {
      threshold: this.settings.alarms.throttledCalls,
      period: FIVE_MINUTES,
      means: 'AWS throttles calls.',
      severity: 'ticket',
    });
  }

  private metricsOf(workflow: Workflow): WorkflowMetrics {
    return new WorkflowMetrics(this, workflow);
  }
}
