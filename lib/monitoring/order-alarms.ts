import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { StandardWorkflow } from '../constructs/standard-workflow';
import { AlarmSet, type AlarmSetProps } from './alarm-set';

/** One run may fail, or be late, without news. */
const RUNS_MISSED = 3;

/** What is watched. The keys become part of the alarms' logical ids. */
export interface OrderAlarmsProps extends AlarmSetProps {
  readonly workflows: Readonly<Record<string, StandardWorkflow>>;
  /** Queues in which no message should lie. */
  readonly parked: Readonly<Record<string, IQueue>>;
  readonly orderQueue: IQueue;
  readonly reconciliation: StandardWorkflow;
}

/** Alarms of the orders workflow: something is parked, executions die, orders wait too long, or its books do not agree. */
export class OrderAlarms extends AlarmSet {
  constructor(scope: Construct, id: string, props: OrderAlarmsProps) {
    super(scope, id, props);
    const { deadLetterDepth, failedExecutions, oldestOrderSeconds } = this.settings.alarms;
    this.watchParked(props.parked, deadLetterDepth);
    for (const [name, workflow] of Object.entries(props.workflows)) {
      this.watchDeaths(`${name}Died`, workflow, failedExecutions);
    }
    this.watchAge('OldestOrder', props.orderQueue, oldestOrderSeconds, 'Orders wait longer than they should.');
    this.watchReconciliation(props.reconciliation);
  }

  private watchReconciliation({ stateMachine }: StandardWorkflow): void {
    const { orphanedOrders, moneyMismatches } = this.settings.alarms;
    this.watch('OrdersOrphaned', {
      metric: orderMetric('OrphansFound'),
      threshold: orphanedOrders,
      means: 'Only the reconciliation brought orders to their end: events of theirs were lost.',
      severity: 'ticket',
    });
    this.watch('MoneyMismatched', {
      metric: orderMetric('MoneyMismatch'),
      threshold: moneyMismatches,
      means: 'A charge does not agree with its order, and a person must judge; the review queue says which.',
      severity: 'page',
    });
    // No age is measured: whoever measures it stands still together with the reconciliation.
    this.watch('ReconciliationStopped', {
      metric: stateMachine.metricSucceeded({
        period: Duration.minutes(RUNS_MISSED * this.settings.orders.reconciliation.everyMinutes),
        statistic: 'Sum',
      }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      missingData: TreatMissingData.BREACHING,
      means: `The reconciliation of orders has not come to its end for ${RUNS_MISSED} times its interval.`,
      severity: 'ticket',
    });
  }
}

/** A metric that a function of orders counts; Powertools gives it the service as its dimension. */
function orderMetric(metricName: string): Metric {
  const dimensionsMap = { service: 'orders' };
  return new Metric({
    namespace: 'Stepwright',
    metricName,
    dimensionsMap,
    statistic: 'Sum',
    period: Duration.hours(1),
  });
}
