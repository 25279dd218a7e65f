import { AwsError } from '../../../wire/aws-error';
import { constraint } from '../faults';
import type { DistanceMetric } from '../model';

/** The numbers of a vector as requests carry them: a union with one member. */
export interface VectorData {
  readonly float32?: readonly unknown[];
}

/**
 * The numbers of a vector in 32 bits, as S3 Vectors keeps and judges them. JSON has no word for NaN and Infinity: SDKs send
 * them as texts. Throws SerializationException for what is neither, ValidationException when `float32` is missing.
 */
export function readValues(path: string, data: VectorData | undefined): Float32Array {
  const numbers = data?.float32;
  if (!Array.isArray(numbers)) throw constraint(`${path}/float32`, 'not be null');
  const values = new Float32Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) values[i] = numberOf(numbers[i]);
  return values;
}

/** What is wrong with a vector for an index, in AWS's words; undefined when nothing is. */
export function problemOf(values: Float32Array, dimension: number, metric: DistanceMetric): string | undefined {
  if (values.length !== dimension) return `vector must have length ${dimension}, but has length ${values.length}`;
  if (!values.every(Number.isFinite)) return 'vector contains NaNs or Infs';
  const hasNorm = values.some((value) => value !== 0);
  return metric === 'cosine' && !hasNorm ? 'cosine distance does not support vectors with zero norm' : undefined;
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  if (value === 'NaN') return Number.NaN;
  if (value === 'Infinity') return Number.POSITIVE_INFINITY;
  if (value === '-Infinity') return Number.NEGATIVE_INFINITY;
  throw new AwsError('SerializationException', 'A vector holds a value that is not a number.');
}
