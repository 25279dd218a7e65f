import { createHash } from 'node:crypto';
import type { DocumentRow } from '../../../../lambdas/ingestion/domain/document';
import type { DocumentStore } from '../../../../lambdas/ingestion/domain/document-store';
import type { EmbeddingCache } from '../../../../lambdas/ingestion/domain/embedder';
import type { ObjectVersion } from '../../../../lambdas/ingestion/domain/job';
import type { SourceStore, WorkStore, WorkStreamWriter } from '../../../../lambdas/ingestion/domain/object-store';
import type { PaceState } from '../../../../lambdas/ingestion/domain/pace';
import type { PaceStore } from '../../../../lambdas/ingestion/domain/shared-pace';
import type { VectorHit, VectorRecord, VectorStore } from '../../../../lambdas/ingestion/domain/vector-store';

/** Rows in memory, written as the table writes them. */
export class FakeDocuments implements Pick<DocumentStore, 'find' | 'findMany' | 'save'> {
  readonly rows = new Map<string, DocumentRow>();

  async find(documentKey: string) {
    return this.rows.get(documentKey);
  }

  async findMany(documentKeys: readonly string[]) {
    return new Map(documentKeys.flatMap((key) => (this.rows.has(key) ? [[key, this.rows.get(key)!]] : [])));
  }

  async save(row: DocumentRow): Promise<'saved' | 'conflict'> {
    if ((this.rows.get(row.documentKey)?.revision ?? 0) !== row.revision - 1) return 'conflict';
    this.rows.set(row.documentKey, structuredClone(row));
    return 'saved';
  }

  async due({ before }: { before: number }) {
    const isDue = ({ pending, garbage }: DocumentRow) => [...pending, ...garbage].some(({ since }) => since < before);
    return { documentKeys: [...this.rows.values()].filter(isDue).map(({ documentKey }) => documentKey) };
  }
}

/** An index in memory. */
export class FakeVectors implements VectorStore {
  readonly records = new Map<string, VectorRecord>();

  async put(vectors: readonly VectorRecord[]) {
    for (const record of vectors) this.records.set(record.key, record);
  }

  async delete(keys: readonly string[]) {
    for (const key of keys) this.records.delete(key);
  }

  async existing(keys: readonly string[]) {
    return new Set(keys.filter((key) => this.records.has(key)));
  }

  async get(keys: readonly string[]) {
    return new Map(
      keys.flatMap((key) => (this.records.has(key) ? [[key, this.records.get(key)!.vector] as const] : [])),
    );
  }

  async query({ vector, topK, filter }: Parameters<VectorStore['query']>[0]): Promise<VectorHit[]> {
    return [...this.records.values()]
      .filter(({ metadata }) =>
        Object.entries(filter).every(
          ([name, value]) => value === undefined || metadata[name as keyof typeof metadata] === value,
        ),
      )
      .map(({ key, metadata, vector: other }) => ({ key, metadata, distance: 1 - dot(vector, other) }))
      .sort((a, b) => a.distance - b.distance || (a.key < b.key ? -1 : 1))
      .slice(0, topK);
  }
}

/** The two buckets. */
export class FakeObjects implements SourceStore, WorkStore, WorkStreamWriter {
  readonly objects = new Map<string, { bytes: Buffer; contentType?: string; modifiedAt: number }>();
  readonly work = new Map<string, Buffer>();
  readonly current = new Map<string, string>();
  /** Versions that were ever uploaded. */
  versions = 0;

  upload(key: string, text: string | Buffer, options: { contentType?: string; modifiedAt?: number } = {}) {
    const versionId = `v${++this.versions}`;
    const bytes = Buffer.from(text as string);
    this.objects.set(`${key}@${versionId}`, { bytes, modifiedAt: options.modifiedAt ?? 1_000_000, ...options });
    this.current.set(key, versionId);
    return { bucket: 'documents', key, versionId };
  }

  async head({ key, versionId = this.current.get(key) }: { bucket: string; key: string; versionId?: string }) {
    const object = this.objects.get(`${key}@${versionId}`);
    if (!object) return undefined;
    const { bytes, contentType, modifiedAt } = object;
    return { versionId: versionId!, sizeBytes: bytes.length, contentType, modifiedAt };
  }

  async read({ key, versionId }: ObjectVersion) {
    const object = this.objects.get(`${key}@${versionId}`);
    return object && pieces(object.bytes);
  }

  async get(key: string) {
    return this.work.get(key);
  }

  async stream(key: string, fromByte = 0) {
    const bytes = this.work.get(key);
    if (!bytes) throw new Error(`There is no ${key}.`);
    return pieces(bytes.subarray(fromByte));
  }

  async put(key: string, body: string | Uint8Array) {
    this.work.set(key, Buffer.from(body as string));
  }

  async putStream(key: string, parts: AsyncIterable<string | Uint8Array>) {
    const all: Buffer[] = [];
    for await (const part of parts) all.push(Buffer.from(part as string));
    this.work.set(key, Buffer.concat(all));
  }

  async *list(prefix: string) {
    yield* [...this.work.keys()].filter((key) => key.startsWith(prefix)).sort();
  }
}

/** A cache in memory. */
export class FakeCache implements EmbeddingCache {
  readonly vectors = new Map<string, Float32Array>();

  async find(hashes: readonly string[]) {
    return new Map(hashes.flatMap((hash) => (this.vectors.has(hash) ? [[hash, this.vectors.get(hash)!]] : [])));
  }

  async put(embeddings: ReadonlyMap<string, Float32Array>) {
    for (const [hash, vector] of embeddings) this.vectors.set(hash, vector);
  }
}

/** The row of the pace in memory. */
export class FakePaceStore implements PaceStore {
  state: PaceState | undefined;
  revision = 0;

  async read() {
    return this.state && { state: this.state, revision: this.revision };
  }

  async write(state: PaceState, revision: number): Promise<'saved' | 'conflict'> {
    if (revision !== this.revision) return 'conflict';
    this.state = state;
    this.revision += 1;
    return 'saved';
  }
}

/** A vector of length 1 that only equal texts share. */
export function vectorOf(text: string, dimensions = 8): Float32Array {
  const bytes = createHash('sha256').update(text).digest();
  const values = Array.from({ length: dimensions }, (_, index) => bytes.readInt16LE((index * 2) % 32) / 32_768);
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0);
}

/** Bytes in pieces that respect no line. */
async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 997) yield bytes.subarray(from, from + 997);
}
