import { systemClock } from '../../shared/clock';
import { requireVariable } from '../../shared/environment';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { deliveryFieldsOf } from '../adapters/delivery-fields';
import { createHttpWebhook } from '../adapters/http-webhook';
import { createCallWebhook } from '../domain/call-webhook';
import { deliverOnce } from './wiring/deliver-once';
import { sharedBreaker } from './wiring/shared-breaker';
import { webhookSecrets } from './wiring/webhook-secrets';

/** Two calls and what is written around them fit the function's ten seconds. */
const WEBHOOK_TIMEOUT_MS = 4_000;

const observability = powertoolsObservability();
const url = requireVariable('WEBHOOK_URL');

/** The task CallWebhook. */
export const handler = observe(
  observability,
  createCallWebhook({
    deliverOnce: deliverOnce(observability),
    webhook: createHttpWebhook({ url, clock: systemClock, timeoutMs: WEBHOOK_TIMEOUT_MS }),
    secrets: webhookSecrets(),
    breaker: sharedBreaker(url, observability),
    clock: systemClock,
    ...observability,
  }),
  deliveryFieldsOf,
);
