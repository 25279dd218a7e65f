/** Owns the constraints of the API's model: presence, length, range, enumeration. Refusals are AWS's ValidationException. */
import { constraint, validation } from './faults';

const BUCKET_NAME = /^[a-z0-9][a-z0-9-]*[a-z0-9]$/;
const INDEX_NAME = /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/;

/** Refuses a member that is not there. */
export function required<T>(path: string, value: T | undefined | null): asserts value is T {
  if (value === undefined || value === null) throw constraint(path, 'not be null');
}

/** Refuses a text or a list that is too short or too long. */
export function lengthBetween(path: string, value: { readonly length: number }, least: number, most: number): void {
  const { length } = value;
  if (length >= least && length <= most) return;
  throw constraint(path, `have length between ${least} and ${most}, inclusive`, `Value with length ${length}`);
}

/** Refuses a number that is no integer or out of range. */
export function integerBetween(path: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw constraint(path, `be between ${least} and ${most}, inclusive`);
}

/** Refuses a text that is none of an enumeration. */
export function oneOf(path: string, value: string, values: readonly string[]): void {
  if (!values.includes(value)) throw constraint(path, `satisfy enum value set: [${values.join(', ')}]`);
}

/** Refuses what cannot be the name of a vector bucket. */
export function checkBucketName(name: string | undefined): asserts name is string {
  required('/vectorBucketName', name);
  lengthBetween('/vectorBucketName', name, 3, 63);
  if (!BUCKET_NAME.test(name)) throw validation('Invalid vector bucket name', 'vectorBucketName');
}

/** Refuses what cannot be the name of an index. */
export function checkIndexName(name: string | undefined): asserts name is string {
  required('/indexName', name);
  lengthBetween('/indexName', name, 3, 63);
  if (!INDEX_NAME.test(name)) throw validation('Invalid index name', 'indexName');
}

/** Refuses a list that is no list of keys of vectors. */
export function checkKeys(keys: readonly string[] | undefined, most: number): asserts keys is readonly string[] {
  required('/keys', keys);
  lengthBetween('/keys', keys, 1, most);
  for (const [place, key] of keys.entries()) checkKey(`/keys/${place}`, key);
}

/** Refuses what cannot be the key of a vector. */
export function checkKey(path: string, key: string | undefined): asserts key is string {
  required(path, key);
  lengthBetween(path, key, 1, 1024);
}
