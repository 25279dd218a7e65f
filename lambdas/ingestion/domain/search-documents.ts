/**
 * Search: what lies nearest to a question among the passages that readers may see.
 *
 * The index also holds vectors of versions that are on their way or were replaced, and an answer of the index may be of a
 * moment in which a version was half written. So the rows decide:
 * 1. Only hits of the version that a document's row calls visible are kept: never a mix of versions.
 * 2. A row is read after the index. If its version has been visible since before the question, the answer is whole. If it changed
 *    at about that time, the index is asked again until the row says the same before and after.
 */
import type { Clock } from '../../shared/clock';
import { NamedError } from '../../shared/named-error';
import type { DocumentRow } from './document';
import type { DocumentStore } from './document-store';
import type { Embedder } from './embedder';
import { documentKeyOf } from './identity';
import type { VectorFilter, VectorHit, VectorStore } from './vector-store';

/** A question. */
export interface SearchQuery {
  readonly tenant: string;
  readonly text: string;
  /** How many passages are wanted. */
  readonly k: number;
  /** One document alone. */
  readonly path?: string;
}

/** A passage that was found, best first. */
export interface SearchResult {
  readonly documentId: string;
  readonly path: string;
  readonly title?: string;
  readonly heading: readonly string[];
  readonly text: string;
  readonly kind: string;
  /** 1 less the cosine distance: 1 for the same direction. */
  readonly score: number;
  readonly chunkId: string;
  readonly position: number;
  readonly versionId: string;
  readonly indexedAt: string;
  /** The document tries to instruct a reader that is a model. */
  readonly hasInstructions?: boolean;
}

/** What searching works with. */
export interface SearchProps {
  readonly embedder: Embedder;
  readonly vectors: Pick<VectorStore, 'query'>;
  readonly documents: Pick<DocumentStore, 'findMany'>;
  readonly clock: Clock;
}

/** The provider asks us to slow down, or documents change faster than the index can be asked. */
export class SearchBusy extends NamedError {
  override readonly name = 'SearchBusy';
}

/** The most that one query of the index gives. */
const MOST_HITS = 100;

/** Hits of hidden versions take places of visible ones: more are asked for than are wanted. */
const HITS_PER_RESULT = 4;

/** How often the index is asked while versions change. */
const MOST_QUERIES = 4;

/** A version that became visible this long before the question may be newer than it: clocks differ. */
const RECENT_MS = 60_000;

type Rows = ReadonlyMap<string, DocumentRow>;

/** Answers up to `k` passages. Throws SearchBusy. */
export function createSearchDocuments({ embedder, vectors, documents, clock }: SearchProps) {
  return async ({ tenant, text, k, path }: SearchQuery): Promise<SearchResult[]> => {
    const answer = await embedder.embed(text);
    if (answer.kind === 'throttled') throw new SearchBusy('The embedding of the question was throttled.');
    const documentKey = path === undefined ? undefined : documentKeyOf(tenant, path);
    const filter: VectorFilter = { tenant, documentKey };
    const query = { vector: answer.vector, topK: Math.min(MOST_HITS, k * HITS_PER_RESULT), filter };
    let before: Rows = new Map();
    for (let attempt = 1; attempt <= MOST_QUERIES; attempt += 1) {
      const askedAt = clock.now();
      const hits = await vectors.query(query);
      const keys = hits.map(({ metadata }) => metadata.documentKey);
      const after = await documents.findMany(keys);
      if (keys.every((key) => isSettled(before.get(key), after.get(key), askedAt))) {
        return visibleHits(hits, after, tenant).slice(0, k);
      }
      before = after;
    }
    throw new SearchBusy('Documents change faster than they can be searched.');
  };
}

function isSettled(before: DocumentRow | undefined, after: DocumentRow | undefined, askedAt: number): boolean {
  // Without a visible version there is nothing that could be half seen.
  if (!after?.visible) return true;
  if (before?.visible?.versionKey === after.visible.versionKey) return true;
  return Date.parse(after.visible.indexedAt) < askedAt - RECENT_MS;
}

function visibleHits(hits: readonly VectorHit[], rows: Rows, tenant: string): SearchResult[] {
  return hits.flatMap(({ distance, metadata }) => {
    const row = rows.get(metadata.documentKey);
    if (row?.tenant !== tenant || metadata.tenant !== tenant || row.visible?.versionKey !== metadata.versionKey) {
      return [];
    }
    const { visible, documentId, path } = row;
    return [
      {
        documentId,
        path,
        title: visible.title,
        heading: metadata.heading === '' ? [] : metadata.heading.split(' › '),
        text: metadata.text,
        kind: metadata.kind,
        score: 1 - distance,
        chunkId: metadata.chunkId,
        position: metadata.position,
        versionId: visible.source.versionId,
        indexedAt: visible.indexedAt,
        hasInstructions: visible.hasInstructions,
      },
    ];
  });
}
