import { systemClock } from '../../shared/clock';
import { requireVariable } from '../../shared/environment';
import { countByRelease } from '../../shared/observability/count-by-release';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createDynamoStockReservation } from '../adapters/dynamo-stock-reservation';
import { orderFieldsOf } from '../domain/order-fields';
import { createReleaseStock } from '../domain/release-stock';
import { dynamoClient } from './wiring/dynamo-client';
import { faultSource } from './wiring/fault-source';

const observability = powertoolsObservability();

/** The task ReleaseStock. */
export const handler = observe(
  observability,
  createReleaseStock({
    reservation: createDynamoStockReservation({
      client: dynamoClient,
      ordersTable: requireVariable('ORDERS_TABLE'),
      stockTable: requireVariable('STOCK_TABLE'),
      clock: systemClock,
    }),
    clock: systemClock,
    countUnexpectedUndo: countByRelease('UnexpectedUndo'),
    faults: faultSource(),
    ...observability,
  }),
  orderFieldsOf,
);
