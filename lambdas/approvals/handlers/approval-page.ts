import { systemClock } from '../../shared/clock';
import { requireVariable } from '../../shared/environment';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createApprovalPage } from '../adapters/page/approval-page';
import { createPageService } from '../domain/approval-page-service';
import { requestStore } from './wiring/request-store';

const observability = powertoolsObservability();

const service = createPageService({ store: requestStore(), clock: systemClock, ...observability });

/** `GET`, `HEAD` and `POST /a/{link}`. */
export const handler = observe(
  observability,
  createApprovalPage({ service, origin: requireVariable('PAGE_ORIGIN'), ...observability }),
);
