import { requireVariable } from '../../../shared/environment';
import { createDynamoOrderStore } from '../../adapters/dynamo-order-store';
import { dynamoClient } from './dynamo-client';

/** The rows of the table that ORDERS_TABLE names. */
export const orderStore = () =>
  createDynamoOrderStore({ client: dynamoClient, tableName: requireVariable('ORDERS_TABLE') });
