import { systemClock } from '../../shared/clock';
import { requireVariable } from '../../shared/environment';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createDynamoEmbeddingCache } from '../adapters/dynamo-embedding-cache';
import { createDynamoPaceStore } from '../adapters/dynamo-pace-store';
import { jobFieldsOf } from '../domain/job-fields';
import { createStage } from '../domain/run-stage';
import { createSharedPace } from '../domain/shared-pace';
import { createEmbed } from '../domain/stages/embed';
import { dynamoClient } from './wiring/dynamo-client';
import { embedder } from './wiring/embedder';
import { workStore } from './wiring/work-store';

const observability = powertoolsObservability();
const model = embedder();

const embed = createEmbed({
  work: workStore(),
  embedder: model,
  cache: createDynamoEmbeddingCache({
    client: dynamoClient,
    tableName: requireVariable('EMBEDDINGS_TABLE'),
    model: model.model,
    dimensions: model.dimensions,
    clock: systemClock,
  }),
  pace: createSharedPace(createDynamoPaceStore(dynamoClient, requireVariable('PACE_TABLE')), systemClock),
  clock: systemClock,
});

/** The stage Embed. */
export const handler = observe(observability, createStage(embed, observability), jobFieldsOf);
