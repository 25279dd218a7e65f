import type { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';

/** Metric math about one thing. */
export interface MathOf {
  /** What it is about, such as a service or a machine: several may stand in one graph, whose ids must differ. */
  readonly about: string;
  readonly expression: string;
  readonly period: Duration;
  readonly usingMetrics: Readonly<Record<string, IMetric>>;
  /** @default - what it is about */
  readonly label?: string;
}

/** An expression whose names are those of one thing alone: `good` becomes `good_fan_out`. */
export function mathOf({ about, expression, period, usingMetrics, label = about }: MathOf): MathExpression {
  const suffix = about.replace(/\W/g, '_');
  const names = Object.keys(usingMetrics);
  return new MathExpression({
    expression: expression.replace(/[a-z]\w*/g, (word) => (names.includes(word) ? `${word}_${suffix}` : word)),
    label,
    period,
    usingMetrics: Object.fromEntries(names.map((name) => [`${name}_${suffix}`, usingMetrics[name] as IMetric])),
  });
}
