import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { clientSettings } from '../../shared/aws/client-settings';
import { systemClock } from '../../shared/clock';
import { powertoolsGauges } from '../../shared/observability/gauges';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createDynamoAskedRequests } from '../adapters/dynamo-asked-requests';
import { createDynamoEndRows } from '../adapters/dynamo-end-rows';
import { createSfnExecutions } from '../adapters/sfn-executions';
import { machinesSetting, trailsSetting } from '../contracts/settings';
import { createWatchExecutions } from '../domain/watch-executions';
import { setting } from './wiring/setting';

const observability = powertoolsObservability();
const dynamo = new DynamoDBClient(clientSettings());
const trails = setting('TRAILS', trailsSetting);

/** What its schedule invokes every minute. */
export const handler = observe(
  observability,
  createWatchExecutions({
    machines: setting('MACHINES', machinesSetting),
    trails,
    executions: createSfnExecutions(new SFNClient(clientSettings())),
    requests: trails.approvals && createDynamoAskedRequests({ client: dynamo, ...trails.approvals }),
    rows: createDynamoEndRows(dynamo),
    gauges: powertoolsGauges(),
    clock: systemClock,
    log: observability.log,
  }),
);
