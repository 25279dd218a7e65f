import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../../shared/aws/client-settings';
import { requireVariable } from '../../../shared/environment';
import { createDynamoRequestStore } from '../../adapters/dynamo-request-store';

/** The rows of the tables that APPROVALS_TABLE and AUDIT_TABLE name. */
export const requestStore = () =>
  createDynamoRequestStore({
    client: new DynamoDBClient(clientSettings()),
    approvalsTable: requireVariable('APPROVALS_TABLE'),
    auditTable: requireVariable('AUDIT_TABLE'),
  });
