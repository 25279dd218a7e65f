import { systemClock } from '../../shared/clock';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { jobFieldsOf } from '../domain/job-fields';
import { createStage } from '../domain/run-stage';
import { settleBatch } from '../domain/settle-batch';
import { createValidate } from '../domain/stages/validate';
import { embeddingDimensions } from './wiring/dimensions';
import { documentStore } from './wiring/document-store';
import { vectorStore } from './wiring/vector-store';
import { workStore } from './wiring/work-store';

const observability = powertoolsObservability();

const props = {
  work: workStore(),
  documents: documentStore(),
  vectors: vectorStore(),
  dimensions: embeddingDimensions(),
  clock: systemClock,
  ...observability,
};

/** The stage Validate. */
export const handler = observe(
  observability,
  settleBatch(props, createStage(createValidate(props), observability)),
  jobFieldsOf,
);
