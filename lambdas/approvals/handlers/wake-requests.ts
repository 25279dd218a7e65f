import { systemClock } from '../../shared/clock';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createWakeHandler } from '../adapters/wake-event';
import { createWakeRequest } from '../domain/wake-request';
import { requestStore } from './wiring/request-store';

const observability = powertoolsObservability();

/** What the one-off schedules of requests call. */
export const handler = observe(
  observability,
  createWakeHandler(createWakeRequest({ store: requestStore(), clock: systemClock, ...observability })),
);
