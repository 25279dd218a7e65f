import { systemClock } from '../../shared/clock';
import type { Invocation } from '../../shared/invocation';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createSweepDocuments } from '../domain/sweep-documents';
import { documentLists, documentStore } from './wiring/document-store';
import { vectorStore } from './wiring/vector-store';

const observability = powertoolsObservability();

const sweep = createSweepDocuments({
  documents: { ...documentStore(), ...documentLists() },
  vectors: vectorStore(),
  clock: systemClock,
  ...observability,
});

/** What the sweeper's schedule calls. */
export const handler = observe(observability, (_event: unknown, invocation: Invocation) => sweep(invocation));
