import { systemClock } from '../../shared/clock';
import { optionalVariable, requireVariable } from '../../shared/environment';
import { createDynamoFaultSource } from '../../shared/faults/dynamo-fault-source';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createDynamoReceivedWebhooks } from '../adapters/dynamo-received-webhooks';
import { createReceiverApi } from '../adapters/receiver-api';
import { createReceiveWebhook } from '../domain/receive-webhook';
import { dynamoClient } from './wiring/dynamo-client';
import { webhookSecrets } from './wiring/webhook-secrets';

const observability = powertoolsObservability();
const faultsTable = optionalVariable('FAULTS_TABLE');

/** `POST /webhook` of the built-in receiver. */
export const handler = observe(
  observability,
  createReceiverApi(
    createReceiveWebhook({
      secrets: webhookSecrets(),
      received: createDynamoReceivedWebhooks({
        client: dynamoClient,
        tableName: requireVariable('RECEIVED_WEBHOOKS_TABLE'),
        clock: systemClock,
      }),
      clock: systemClock,
      faults: faultsTable ? createDynamoFaultSource(dynamoClient, faultsTable) : undefined,
      ...observability,
    }),
  ),
);
