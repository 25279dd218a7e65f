import type { Duration } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { TaskFunction } from '../constructs/task-function';
import { NAMESPACE } from './service-metrics';

/**
 * What secrets look like: keys of Stripe, what webhooks are signed with, access keys of AWS, task tokens, private keys, JWTs,
 * links of approvals. Filters know no parentheses: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export const SECRETS = [
  'sk_live_[0-9a-zA-Z]',
  'sk_test_[0-9a-zA-Z]',
  'rk_live_[0-9a-zA-Z]',
  'whsec_[0-9a-zA-Z]',
  'A[KS]IA[0-9A-Z]{16}',
  'AAAAKgAAAA',
  'PRIVATE\\sKEY-----',
  'eyJhbGciOi',
  '\\/a\\/[0-9a-zA-Z_-]{32}',
];

/** Counts log lines of all functions of a stack, made so far, in which something looks like a secret. */
export class SecretFilters extends Construct {
  private readonly metricName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = Stack.of(this);
    // No dimension: a filter has none that is constant, and one for all stacks would ring a bell in each.
    this.metricName = `${stack.stackName}-SecretsInLogs`;
    const functions = stack.node.findAll().filter((construct) => construct instanceof TaskFunction);
    for (const task of functions) {
      new MetricFilter(this, task.node.path.split('/').slice(1).join(''), {
        logGroup: task.function.logGroup,
        filterPattern: FilterPattern.literal(`%${SECRETS.join('|')}%`),
        metricNamespace: NAMESPACE,
        metricName: this.metricName,
        metricValue: '1',
      });
    }
  }

  /** Lines with something that looks like a secret. */
  metric(period: Duration): Metric {
    return new Metric({ namespace: NAMESPACE, metricName: this.metricName, statistic: 'Sum', period });
  }
}
