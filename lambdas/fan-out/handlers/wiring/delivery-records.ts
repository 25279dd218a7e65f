import { systemClock } from '../../../shared/clock';
import { optionalVariable, requireVariable, requireWholeNumber } from '../../../shared/environment';
import { createDynamoDeliveryRecords } from '../../adapters/dynamo-delivery-records';
import { dynamoClient } from './dynamo-client';

/** The rows of the table that DELIVERIES_TABLE names, and of ANALYTICS_TABLE where it is looked at. */
export const deliveryRecords = () =>
  createDynamoDeliveryRecords({
    client: dynamoClient,
    deliveriesTable: requireVariable('DELIVERIES_TABLE'),
    analyticsTable: optionalVariable('ANALYTICS_TABLE'),
    clock: systemClock,
    keepSeconds: requireWholeNumber('KEEP_DELIVERIES_DAYS') * 86_400,
  });
