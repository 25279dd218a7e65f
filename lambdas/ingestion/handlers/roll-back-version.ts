import { systemClock } from '../../shared/clock';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { jobFieldsOf } from '../domain/job-fields';
import { createRollBackVersion } from '../domain/settle-document';
import { documentStore } from './wiring/document-store';
import { vectorStore } from './wiring/vector-store';

const observability = powertoolsObservability();

/** The task RollBackVersion. */
export const handler = observe(
  observability,
  createRollBackVersion({
    documents: documentStore(),
    vectors: vectorStore(),
    clock: systemClock,
    ...observability,
  }),
  jobFieldsOf,
);
