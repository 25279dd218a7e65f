import { systemClock } from '../../../shared/clock';
import { requireVariable } from '../../../shared/environment';
import { createDynamoStepGuard } from '../../../shared/idempotency/dynamo-step-guard';
import { dynamoClient } from './dynamo-client';

/** The step guard over the table that IDEMPOTENCY_TABLE names. */
export const stepGuard = () =>
  createDynamoStepGuard({ client: dynamoClient, tableName: requireVariable('IDEMPOTENCY_TABLE'), clock: systemClock });
