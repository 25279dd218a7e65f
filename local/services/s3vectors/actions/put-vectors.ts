import type { Action } from '../../../wire/service';
import type { IndexAddress } from '../address';
import { checkKey, lengthBetween, required } from '../constraints';
import { invalidRecord } from '../faults';
import type { NewVector, VectorIndex } from '../model';
import type { S3Vectors } from '../s3-vectors';
import { readMetadata } from '../vectors/read-metadata';
import { problemOf, readValues, type VectorData } from '../vectors/read-values';

const MOST_VECTORS = 500;

interface GivenVector {
  readonly key?: string;
  readonly data?: VectorData;
  readonly metadata?: unknown;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_PutVectors.html: all vectors are put, or none. */
export function putVectors(vectors: S3Vectors): Action<IndexAddress & { vectors?: readonly GivenVector[] }> {
  return {
    access: vectors.onIndex('PutVectors'),
    handle: (input) => {
      const { vectors: given } = input;
      required('/vectors', given);
      lengthBetween('/vectors', given, 1, MOST_VECTORS);
      const index = vectors.indexOf(input);
      const read = given.map((vector, place) => readVector(vector, place, index));
      vectors.rates.take(index.arn, read.length, vectors.now());
      vectors.store.putVectors(index, read);
      return {};
    },
  };
}

function readVector({ key, data, metadata }: GivenVector, place: number, index: VectorIndex): NewVector {
  const path = `/vectors/${place}`;
  checkKey(`${path}/key`, key);
  const values = readValues(`${path}/data`, data);
  const problem = problemOf(values, index.dimension, index.distanceMetric);
  if (problem) throw invalidRecord(key, place, problem);
  return { key, values, metadata: readMetadata(metadata, index.nonFilterableKeys, key, place) };
}
