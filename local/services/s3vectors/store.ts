/** Owns all state of S3 Vectors: buckets, their policies and tags, indexes and their vectors. */
import { bucketNotFound, indexNotFound } from './faults';
import type { NewVector, VectorBucket, VectorIndex } from './model';
import { VectorSet } from './vectors/vector-set';

/** The state of S3 Vectors. */
export class S3VectorsStore {
  private readonly buckets = new Map<string, { bucket: VectorBucket; indexes: Map<string, IndexEntry> }>();

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
  }

  deleteBucket(name: string): void {
    this.buckets.delete(name);
  }

  setPolicy(bucket: VectorBucket, policy: VectorBucket['policy']): void {
    bucket.policy = policy;
  }

  setTags(resource: VectorBucket | VectorIndex, tags: Readonly<Record<string, string>>): void {
    resource.tags = tags;
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
    const vectors = new VectorSet(index.dimension);
    this.buckets.get(index.bucketName)!.indexes.set(index.name, { index, vectors });
  }

  deleteIndex(bucketName: string, name: string): void {
    this.buckets.get(bucketName)?.indexes.delete(name);
  }

  vectorsOf(index: VectorIndex): VectorSet {
    return this.buckets.get(index.bucketName)!.indexes.get(index.name)!.vectors;
  }

  putVectors(index: VectorIndex, vectors: readonly NewVector[]): void {
    const set = this.vectorsOf(index);
    for (const vector of vectors) set.put(vector);
  }

  deleteVectors(index: VectorIndex, keys: readonly string[]): void {
    const set = this.vectorsOf(index);
    for (const key of keys) set.delete(key);
  }
}

interface IndexEntry {
  readonly index: VectorIndex;
  readonly vectors: VectorSet;
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
