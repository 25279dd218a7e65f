import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { StandardWorkflow } from '../constructs/standard-workflow';
import type { AlarmSetProps } from './alarm-set';
import { serviceMetric } from './service-metrics';
import { WorkflowAlarms } from './workflow-alarms';

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

/** Alarms of the orders workflow: orders fail, are slow or stuck, something is parked, or its books do not agree. */
export class OrderAlarms extends WorkflowAlarms {
  constructor(scope: Construct, id: string, props: OrderAlarmsProps) {
    super(scope, id, props);
    const { alarms, slo } = this.settings;
    const machines = [...Object.values(props.workflows), props.reconciliation];
    const failing = this.watchFailing('OrdersFailing', 'orders', slo.orders);
    this.watchBurning('OrdersBurning', 'orders', slo.orders, [failing]);
    this.watchSlow('OrdersSlow', 'orders', slo.orders, [failing]);
    this.watchStuck('OrdersStuck', 'orders', 'page');
    for (const [name, workflow] of Object.entries(props.workflows)) {
      this.watchDeaths(`${name}Died`, workflow, alarms.failedExecutions, [failing]);
    }
    this.watchTasks(machines, [failing]);
    this.watchZombies('orders');
    const drift = this.watchDrift('orders', 'OrderMessageRejected');
    this.watchParked(props.parked, alarms.deadLetterDepth, { OrderDeadLetters: [drift] });
    this.watchOldestParked(props.parked);
    this.watchSecrets();
    this.watchThrottles(machines);
    this.watchAge('OldestOrder', props.orderQueue, alarms.oldestOrderSeconds, 'Orders wait longer than they should.');
    this.watchReconciliation(props.reconciliation);
  }

  private watchReconciliation({ stateMachine }: StandardWorkflow): void {
    const { orphanedOrders, moneyMismatches } = this.settings.alarms;
    this.watch('OrdersOrphaned', {
      metric: serviceMetric('orders', 'OrphansFound', Duration.hours(1)),
      threshold: orphanedOrders,
      means: 'Only the reconciliation brought orders to their end: events of theirs were lost.',
      severity: 'ticket',
    });
    this.watch('MoneyMismatched', {
      metric: serviceMetric('orders', 'MoneyMismatch', Duration.hours(1)),
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
