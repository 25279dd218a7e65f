import { systemClock } from '../../shared/clock';
import { requireVariable, requireWholeNumber } from '../../shared/environment';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createPlanLoad } from '../domain/plan-load';
import { documentStore } from './wiring/document-store';
import { messageQueue } from './wiring/message-queue';
import { workStore } from './wiring/work-store';
import { workWriter } from './wiring/work-writer';

const observability = powertoolsObservability();

/** The task PlanLoad. */
export const handler = observe(
  observability,
  createPlanLoad({
    documentsBucket: requireVariable('DOCUMENTS_BUCKET'),
    mostDocuments: requireWholeNumber('MOST_LOAD_DOCUMENTS'),
    documents: documentStore(),
    work: { ...workStore(), ...workWriter() },
    queue: messageQueue('INGEST_QUEUE_URL'),
    clock: systemClock,
    ...observability,
  }),
);
