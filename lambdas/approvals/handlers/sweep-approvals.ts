import { systemClock } from '../../shared/clock';
import type { Invocation } from '../../shared/invocation';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createSweepApprovals } from '../domain/sweep-approvals';
import { createWakeRequest } from '../domain/wake-request';
import { carryOut } from './wiring/carry-out';
import { requestStore } from './wiring/request-store';

const observability = powertoolsObservability();
const store = requestStore();

const sweep = createSweepApprovals({
  store,
  clock: systemClock,
  carryOut: carryOut(store, observability),
  wake: createWakeRequest({ store, clock: systemClock, ...observability }),
  ...observability,
});

/** What the sweeper's schedule calls. */
export const handler = observe(observability, (_event: unknown, invocation: Invocation) => sweep(invocation));
