import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { chunkBlocks } from '../domain/chunking/chunk-blocks';
import { jobFieldsOf } from '../domain/job-fields';
import { createStage } from '../domain/run-stage';
import { createChunk } from '../domain/stages/chunk';
import { workStore } from './wiring/work-store';
import { workWriter } from './wiring/work-writer';

const observability = powertoolsObservability();

/** The stage Chunk. */
export const handler = observe(
  observability,
  createStage(createChunk({ work: { ...workStore(), ...workWriter() }, chunkBlocks }), observability),
  jobFieldsOf,
);
