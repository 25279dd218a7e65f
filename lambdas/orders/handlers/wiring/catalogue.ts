import { systemClock } from '../../../shared/clock';
import { requireVariable } from '../../../shared/environment';
import { createDynamoCatalogue } from '../../adapters/dynamo-catalogue';
import { dynamoClient } from './dynamo-client';

/** The prices in the table that STOCK_TABLE names. */
export const catalogue = () =>
  createDynamoCatalogue({ client: dynamoClient, tableName: requireVariable('STOCK_TABLE'), clock: systemClock });
