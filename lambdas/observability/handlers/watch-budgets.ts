import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { clientSettings } from '../../shared/aws/client-settings';
import { systemClock } from '../../shared/clock';
import { requireVariable, requireWholeNumber } from '../../shared/environment';
import { powertoolsGauges } from '../../shared/observability/gauges';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createCloudWatchMetrics } from '../adapters/cloudwatch-metrics';
import { objectivesSetting } from '../contracts/settings';
import { createWatchBudgets } from '../domain/watch-budgets';
import { setting } from './wiring/setting';

/** What its schedule invokes every few minutes. */
export const handler = observe(
  powertoolsObservability(),
  createWatchBudgets({
    objectives: setting('OBJECTIVES', objectivesSetting),
    budgetDays: requireWholeNumber('BUDGET_DAYS'),
    readMetrics: createCloudWatchMetrics(new CloudWatchClient(clientSettings())),
    namespace: requireVariable('POWERTOOLS_METRICS_NAMESPACE'),
    gauges: powertoolsGauges(),
    clock: systemClock,
  }),
);
