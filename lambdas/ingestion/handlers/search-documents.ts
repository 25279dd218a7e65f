import { systemClock } from '../../shared/clock';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createSearchApi } from '../adapters/search-api';
import { createSearchDocuments } from '../domain/search-documents';
import { documentStore } from './wiring/document-store';
import { embedder } from './wiring/embedder';
import { vectorStore } from './wiring/vector-store';

const observability = powertoolsObservability();

const search = createSearchDocuments({
  embedder: embedder(),
  vectors: vectorStore(),
  documents: documentStore(),
  clock: systemClock,
});

/** `GET /tenants/{tenant}/search`. */
export const handler = observe(observability, createSearchApi(search, observability));
