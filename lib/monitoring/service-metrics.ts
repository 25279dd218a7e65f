import type { Duration } from 'aws-cdk-lib';
import { type IMetric, type MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { mathOf } from './math';

/** Namespace of everything that functions count. */
export const NAMESPACE = 'Stepwright';

/** The workflows, as their functions count them. */
export const SERVICES = ['orders', 'approvals', 'ingestion', 'fan-out', 'quotes'] as const;

/** What functions of a workflow count under: the only dimension. */
export type Service = (typeof SERVICES)[number];

/** A metric that functions of a service count; Powertools gives it the service as its dimension. */
export function serviceMetric(service: Service, metricName: string, period: Duration, statistic = 'Sum'): Metric {
  return new Metric({ namespace: NAMESPACE, metricName, dimensionsMap: { service }, statistic, period });
}

/**
 * How many times as fast as its objective (in per cent) allows a service fails: 1 spends the budget of 30 days in 30 days. 0 while
 * fewer than `atLeast` ends were bad. Without any end there is no value.
 */
export function burnRate(service: Service, objective: number, period: Duration, atLeast: number): MathExpression {
  const allowed = Number((1 - objective / 100).toFixed(6));
  return mathOf({
    about: service,
    // Where one of two series has no value, neither has their sum; that of a list has.
    expression: `IF(FILL(bad, 0) >= ${atLeast}, bad / SUM([bad, good]) / ${allowed}, 0 * SUM([bad, good]))`,
    label: `${service}: times as fast as the budget allows`,
    period,
    usingMetrics: endsOf(service, period),
  });
}

/** The share of events that ended well, in per cent. */
export function successRate(service: Service, period: Duration): MathExpression {
  return mathOf({
    about: service,
    expression: '100 * (1 - FILL(bad, 0) / SUM([good, bad]))',
    period,
    usingMetrics: endsOf(service, period),
  });
}

/** Ends of both kinds. */
export function ends(service: Service, period: Duration): MathExpression {
  return mathOf({
    about: service,
    expression: 'SUM([good, bad])',
    period,
    usingMetrics: endsOf(service, period),
  });
}

function endsOf(service: Service, period: Duration): Record<string, IMetric> {
  return {
    good: serviceMetric(service, 'WorkflowGood', period),
    bad: serviceMetric(service, 'WorkflowBad', period),
  };
}
