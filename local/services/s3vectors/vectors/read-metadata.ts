/**
 * Owns what may be metadata of a vector: types, sizes, counts.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html
 */
import { invalidRecord } from '../faults';
import type { Metadata, MetadataValue } from '../model';
import { metadataBytes } from './metadata-size';

const MOST_KEYS = 50;
const MOST_BYTES = 40_960;
const MOST_FILTERABLE_BYTES = 2048;

/** Throws ValidationException that names the vector by its key and its place in the request. */
export function readMetadata(
  given: unknown,
  nonFilterableKeys: readonly string[],
  key: string,
  place: number,
): Metadata {
  const refuse = (problem: string) => invalidRecord(key, place, problem, '.metadata');
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object' || Array.isArray(given)) throw refuse('Metadata must be an object');
  const entries = Object.entries(given);
  if (entries.length > MOST_KEYS) throw refuse(`Metadata object must have at most ${MOST_KEYS} keys`);
  for (const [, value] of entries) {
    const problem = problemOf(value);
    if (problem) throw refuse(problem);
  }
  const metadata: Metadata = Object.fromEntries(entries as [string, MetadataValue][]);
  if (metadataBytes(metadata) > MOST_BYTES) throw refuse(`Metadata object must have at most ${MOST_BYTES} bytes`);
  const filterable = Object.entries(metadata).filter(([name]) => !nonFilterableKeys.includes(name));
  if (metadataBytes(Object.fromEntries(filterable)) > MOST_FILTERABLE_BYTES) {
    throw refuse(`Filterable metadata must have at most ${MOST_FILTERABLE_BYTES} bytes`);
  }
  return metadata;
}

function problemOf(value: unknown): string | undefined {
  if (!Array.isArray(value)) {
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isPlain ? undefined : 'Metadata values must be strings, numbers, booleans, or arrays';
  }
  if (value.length === 0) return 'Empty arrays are not allowed in metadata';
  const isOfOneType = ['string', 'number'].some((type) => value.every((element) => typeof element === type));
  return isOfOneType ? undefined : 'Metadata array values must be strings or numbers';
}
