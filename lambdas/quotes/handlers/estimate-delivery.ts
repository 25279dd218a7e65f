import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../shared/aws/client-settings';
import { systemClock } from '../../shared/clock';
import { optionalVariable } from '../../shared/environment';
import { createDynamoFaultSource } from '../../shared/faults/dynamo-fault-source';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { guardDeliveryCarrier } from '../adapters/guarded-delivery-carrier';
import { createZoneCarrier } from '../adapters/zone-carrier';
import { createEstimateDelivery } from '../domain/estimate-delivery';

/** How long the carrier may take: three attempts fit the time of a run. */
const CARRIER_DEADLINE_MS = 2_000;

const observability = powertoolsObservability();

const faultsTable = optionalVariable('FAULTS_TABLE');

const carrier = guardDeliveryCarrier(createZoneCarrier(systemClock), {
  clock: systemClock,
  deadlineMs: CARRIER_DEADLINE_MS,
  faults: faultsTable ? createDynamoFaultSource(new DynamoDBClient(clientSettings()), faultsTable) : undefined,
});

/** The task EstimateDelivery with the built-in carrier. */
export const handler = observe(observability, createEstimateDelivery({ carrier, ...observability }));
