import { systemClock } from '../../shared/clock';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createSqsBatchHandler } from '../../shared/queue/sqs-batch';
import { createMailFeedback } from '../domain/mail-feedback';
import { deadLetters } from './wiring/dead-letters';
import { requestStore } from './wiring/request-store';

const observability = powertoolsObservability();

const mailFeedback = createMailFeedback({
  store: requestStore(),
  deadLetters: deadLetters(),
  clock: systemClock,
  ...observability,
});

/** The consumer of the queue of bounces and complaints. */
export const handler = observe(observability, createSqsBatchHandler(mailFeedback, observability));
