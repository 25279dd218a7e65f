import { randomUUID } from 'node:crypto';
import { systemClock } from '../../../shared/clock';
import type { Observability } from '../../../shared/observability/observe';
import { createDeliverOnce } from '../../domain/deliver-once';
import { deliveryRecords } from './delivery-records';

/** Delivers once, by the rows of the deliveries table. */
export const deliverOnce = (observability: Observability) =>
  createDeliverOnce({ records: deliveryRecords(), clock: systemClock, newOwner: randomUUID, ...observability });
