import type { ResourceProvider } from '../../wire/resource-provider';
import type { LogsParts } from './logs-parts';
import { logGroupResource } from './resources/log-group';
import { logStreamResource } from './resources/log-stream';
import { metricFilterResource } from './resources/metric-filter';
import { resourcePolicyResource } from './resources/resource-policy';

/** The CloudFormation resource types of CloudWatch Logs. */
export function logsResources(parts: LogsParts): ResourceProvider[] {
  return [
    logGroupResource(parts),
    logStreamResource(parts),
    metricFilterResource(parts),
    resourcePolicyResource(parts),
  ];
}
