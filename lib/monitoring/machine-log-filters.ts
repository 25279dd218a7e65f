import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Workflow } from '../constructs/workflow';
import { LOG_COUNTS, type LogCount, logCountName, MACHINES_NAMESPACE } from './workflow-metrics';

/**
 * Counts states and tasks in the log of a machine, since Step Functions has no metric of either: filters cost nothing, the
 * metrics as much as any other. Without a match nothing is published.
 */
export class MachineLogFilters extends Construct {
  constructor(scope: Construct, id: string, { name, logGroup }: Workflow) {
    super(scope, id);
    for (const [count, pattern] of Object.entries(LOG_COUNTS)) {
      new MetricFilter(this, count, {
        logGroup,
        filterPattern: FilterPattern.literal(pattern),
        metricNamespace: MACHINES_NAMESPACE,
        metricName: logCountName(name, count as LogCount),
        metricValue: '1',
      });
    }
  }
}
