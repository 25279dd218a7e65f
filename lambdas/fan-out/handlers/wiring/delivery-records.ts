import { systemClock } from '../../../shared/clock';
import { optionalVariable, requireVariable } from '../../../shared/environment';
import { createDynamoDeliveryRecords } from '../../adapters/dynamo-delivery-records';
import { dynamoClient } from './dynamo-client';
import { wholeNumber } from './whole-number';

/** The rows of the table that DELIVERIES_TABLE names, and of ANALYTICS_TABLE where it is looked at. */
export const deliveryRecords = () =>
  createDynamoDeliveryRecords({
    client: dynamoClient,
    deliveriesTable: requireVariable('DELIVERIES_TABLE'),
    analyticsTable: optionalVariable('ANALYTICS_TABLE'),
    clock: systemClock,
    keepSeconds: wholeNumber('KEEP_DELIVERIES_DAYS') * 86_400,
  });
