import { systemClock } from '../../shared/clock';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { jobFieldsOf } from '../domain/job-fields';
import { createStage } from '../domain/run-stage';
import { createUpsert } from '../domain/stages/upsert';
import { embeddingDimensions } from './wiring/dimensions';
import { documentStore } from './wiring/document-store';
import { vectorStore } from './wiring/vector-store';
import { workStore } from './wiring/work-store';

const observability = powertoolsObservability();

const upsert = createUpsert({
  work: workStore(),
  documents: documentStore(),
  vectors: vectorStore(),
  dimensions: embeddingDimensions(),
  clock: systemClock,
});

/** The stage Upsert. */
export const handler = observe(observability, createStage(upsert, observability), jobFieldsOf);
