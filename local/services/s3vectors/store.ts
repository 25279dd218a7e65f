/** Owns all state of S3 Vectors: buckets, their policies and tags, indexes and their vectors. */
import { DurableMap } from '../../kernel/durable-map';
import type { Journal, JournalCollection } from '../../kernel/journal';
import { bucketNotFound, indexNotFound } from './faults';
import type { NewVector, VectorBucket, VectorIndex } from './model';
import { VectorSet } from './vectors/vector-set';

/** The state of S3 Vectors. */
export class S3VectorsStore {
  private readonly buckets = new Map<string, { bucket: VectorBucket; indexes: Map<string, IndexEntry> }>();
  private readonly durableBuckets: DurableMap<VectorBucket>;
  private readonly durableIndexes: DurableMap<VectorIndex>;
  private readonly durableVectors: JournalCollection<NewVector>;

  constructor(private readonly journal: Journal) {
    this.durableBuckets = new DurableMap(journal, 's3vectors.buckets');
    this.durableIndexes = new DurableMap(journal, 's3vectors.indexes');
    this.durableVectors = journal.collection('s3vectors.vectors');
    for (const bucket of this.durableBuckets.values()) this.buckets.set(bucket.name, { bucket, indexes: new Map() });
    for (const index of this.durableIndexes.values()) this.openIndex(index);
    for (const [key, vector] of this.durableVectors.restored()) {
      const [bucketName = '', name = ''] = key.split('/', 2);
      this.buckets.get(bucketName)!.indexes.get(name)!.vectors.put(vector);
    }
  }

  findBucket(name: string): VectorBucket | undefined {
    return this.buckets.get(name)?.bucket;
  }

  /** Throws NotFoundException. */
  bucket(name: string): VectorBucket {
    const bucket = this.findBucket(name);
    if (!bucket) throw bucketNotFound();
    return bucket;
  }

  /** By name. */
  allBuckets(): VectorBucket[] {
    return [...this.buckets.values()].map(({ bucket }) => bucket).sort(byName);
  }

  addBucket(bucket: VectorBucket): void {
    this.buckets.set(bucket.name, { bucket, indexes: new Map() });
    this.durableBuckets.set(bucket.name, bucket);
  }

  deleteBucket(name: string): void {
    this.buckets.delete(name);
    this.durableBuckets.delete(name);
  }

  setPolicy(bucket: VectorBucket, policy: VectorBucket['policy']): void {
    bucket.policy = policy;
    this.durableBuckets.changed(bucket.name);
  }

  setTags(resource: VectorBucket | VectorIndex, tags: Readonly<Record<string, string>>): void {
    resource.tags = tags;
    if ('bucketName' in resource) this.durableIndexes.changed(indexKey(resource));
    else this.durableBuckets.changed(resource.name);
  }

  findIndex(bucketName: string, name: string): VectorIndex | undefined {
    return this.buckets.get(bucketName)?.indexes.get(name)?.index;
  }

  /** Throws NotFoundException: for the index also when the bucket is missing, as AWS does. */
  index(bucketName: string, name: string): VectorIndex {
    const index = this.findIndex(bucketName, name);
    if (!index) throw indexNotFound();
    return index;
  }

  /** By name. Throws NotFoundException for a bucket that is not there. */
  indexesOf(bucketName: string): VectorIndex[] {
    const entry = this.buckets.get(bucketName);
    if (!entry) throw bucketNotFound();
    return [...entry.indexes.values()].map(({ index }) => index).sort(byName);
  }

  addIndex(index: VectorIndex): void {
    this.openIndex(index);
    this.durableIndexes.set(indexKey(index), index);
  }

  deleteIndex(bucketName: string, name: string): void {
    const entry = this.buckets.get(bucketName)?.indexes.get(name);
    if (!entry) return;
    this.buckets.get(bucketName)!.indexes.delete(name);
    this.durableIndexes.delete(indexKey(entry.index));
    if (!this.journal.isDurable) return;
    for (const { key } of entry.vectors.after(0)) this.durableVectors.delete(vectorKey(entry.index, key));
  }

  vectorsOf(index: VectorIndex): VectorSet {
    return this.buckets.get(index.bucketName)!.indexes.get(index.name)!.vectors;
  }

  putVectors(index: VectorIndex, vectors: readonly NewVector[]): void {
    const set = this.vectorsOf(index);
    for (const vector of vectors) {
      set.put(vector);
      if (this.journal.isDurable) this.durableVectors.put(vectorKey(index, vector.key), vector);
    }
  }

  deleteVectors(index: VectorIndex, keys: readonly string[]): void {
    const set = this.vectorsOf(index);
    for (const key of keys) {
      set.delete(key);
      if (this.journal.isDurable) this.durableVectors.delete(vectorKey(index, key));
    }
  }

  private openIndex(index: VectorIndex): void {
    const vectors = new VectorSet(index.dimension);
    this.buckets.get(index.bucketName)!.indexes.set(index.name, { index, vectors });
  }
}

/** Names of buckets and indexes have no slash; keys of vectors may. */
function indexKey({ bucketName, name }: VectorIndex): string {
  return `${bucketName}/${name}`;
}

function vectorKey(index: VectorIndex, key: string): string {
  return `${indexKey(index)}/${key}`;
}

interface IndexEntry {
  readonly index: VectorIndex;
  readonly vectors: VectorSet;
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
