import { systemClock } from '../../shared/clock';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createOperateApi } from '../adapters/operate-api';
import { createOperateApprovals } from '../domain/operate-approvals';
import { requestStore } from './wiring/request-store';

const observability = powertoolsObservability();

const operate = createOperateApprovals({ store: requestStore(), clock: systemClock, ...observability });

/** The operators' routes. */
export const handler = observe(observability, createOperateApi(operate, observability));
