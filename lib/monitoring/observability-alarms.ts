import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Workflow } from '../constructs/workflow';
import { AlarmSet, type AlarmSetProps } from './alarm-set';
import type { Prices } from './prices';
import { SERVICES, serviceMetric } from './service-metrics';
import { WorkflowMetrics } from './workflow-metrics';

const FIVE_MINUTES = Duration.minutes(5);
const HOUR = Duration.hours(1);

/** Hours of a month, as prices count them. */
const MONTH_HOURS = 730;

/** What is watched. */
export interface ObservabilityAlarmsProps extends AlarmSetProps {
  readonly prices: Prices;
  /** The machines of all stacks. */
  readonly machines: readonly Workflow[];
}

/** Alarms of what only a look from outside can tell: cost, the trail, the account's functions, and the watcher itself. */
export class ObservabilityAlarms extends AlarmSet {
  constructor(scope: Construct, id: string, props: ObservabilityAlarmsProps) {
    super(scope, id, props);
    const { alarms } = this.settings;
    this.watchCosts(props);
    this.watchSum(
      'AuditIncomplete',
      (['orders', 'approvals', 'ingestion'] as const).map((service) =>
        serviceMetric(service, 'AuditMissing', FIVE_MINUTES, 'Maximum'),
      ),
      {
        threshold: alarms.missingAuditRows,
        period: FIVE_MINUTES,
        means: 'The trail of what ended lacks rows.',
        severity: 'page',
      },
    );
    this.watch('Throttled', {
      metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', statistic: 'Sum', period: FIVE_MINUTES }),
      threshold: alarms.throttledCalls,
      means: 'Functions of the account are throttled.',
      severity: 'ticket',
    });
    this.watchWatcher();
  }

  private watchCosts({ prices, machines }: ObservabilityAlarmsProps): void {
    const { alarms, monthlyBudgetDollars } = this.settings;
    const hourLimit = Number(((alarms.runawayFactor * monthlyBudgetDollars) / MONTH_HOURS).toPrecision(6));
    const states = machines
      .filter(({ isExpress }) => !isExpress)
      .map((machine) => new WorkflowMetrics(this, machine).counted('StatesEntered', FIVE_MINUTES));
    const entered = Object.fromEntries(states.map((metric, index) => [`m${index}`, metric]));
    const runaway = this.watchTogether(
      'CostRunaway',
      'any',
      [
        this.notice('CostRunawayHour', { metric: this.sumOfServices('HourCostDollars'), threshold: hourLimit }),
        this.notice('CostRunawayNow', {
          metric: new MathExpression({
            expression: `SUM([${Object.keys(entered).join(', ')}]) * ${12 * prices.transition}`,
            label: 'dollars an hour for states, at the rate of five minutes',
            period: FIVE_MINUTES,
            usingMetrics: entered,
          }),
          threshold: hourLimit,
        }),
      ],
      {
        means: `More than ${alarms.runawayFactor} times as much is spent as the month's budget allows for an hour.`,
        severity: 'page',
      },
    );
    this.watch('MonthOverBudget', {
      metric: this.sumOfServices('MonthCostDollars'),
      threshold: monthlyBudgetDollars,
      when: { datapoints: 3, of: 3 },
      means: 'At this rate the month costs more than its budget.',
      severity: 'ticket',
      becauseOf: [runaway],
    });
  }

  /** Of all workflows together. */
  private sumOfServices(metricName: string): MathExpression {
    const metrics = SERVICES.map(
      (service, index) => [`m${index}`, serviceMetric(service, metricName, HOUR, 'Maximum')] as const,
    );
    return new MathExpression({
      expression: `SUM([${metrics.map(([key]) => key).join(', ')}])`,
      label: metricName,
      period: HOUR,
      usingMetrics: Object.fromEntries(metrics),
    });
  }

  /**
   * A watcher that has never spoken is not missed, so that nobody is told while a stage is deployed for the first time; one that falls silent is, for as long
   * as it is silent.
   */
  private watchWatcher(): void {
    const { watcherSilentMinutes } = this.settings.alarms;
    const period = Duration.minutes(watcherSilentMinutes);
    this.watch('WatcherStopped', {
      metric: new MathExpression({
        // No value before the first word, 0 where there should be another.
        expression: 'FILL(words, 0) + 0 * FILL(words, REPEAT)',
        label: 'words of the watcher',
        period,
        usingMetrics: { words: serviceMetric('orders', 'StuckExecutions', period, 'SampleCount') },
      }),
      threshold: 1,
      when: { datapoints: 1, of: 2 },
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      missingData: TreatMissingData.IGNORE,
      means: `The watcher has not said for ${watcherSilentMinutes} minutes which executions are stuck.`,
      severity: 'ticket',
    });
  }
}
