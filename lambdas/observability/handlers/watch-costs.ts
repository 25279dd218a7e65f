import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { clientSettings } from '../../shared/aws/client-settings';
import { systemClock } from '../../shared/clock';
import { requireVariable } from '../../shared/environment';
import { powertoolsGauges } from '../../shared/observability/gauges';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { parseInput } from '../../shared/validation/parse-input';
import { createCloudWatchMetrics } from '../adapters/cloudwatch-metrics';
import { costInput } from '../contracts/settings';
import { createWatchCosts } from '../domain/watch-costs';

const watchCosts = createWatchCosts({
  readMetrics: createCloudWatchMetrics(new CloudWatchClient(clientSettings())),
  namespace: requireVariable('POWERTOOLS_METRICS_NAMESPACE'),
  gauges: powertoolsGauges(),
  clock: systemClock,
});

/** What its schedule invokes, with the prices in its input. */
export const handler = observe(powertoolsObservability(), (event: unknown) =>
  watchCosts(parseInput(costInput, event).meters),
);
