import type { Json } from '../../engine/contract';
import { readJsonText } from '../../engine/validation/json-text';
import { AwsError } from '../../wire/aws-error';
import { invalidExecutionInput, validation } from './faults';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const LIMIT_BYTES = 262144;

/** The input of an execution, as JSON text and read. */
export interface ExecutionInput {
  readonly text: string;
  readonly value: Json;
}

/** `{}` when none is given. Throws InvalidExecutionInput, ValidationException, and SerializationException for what is no text. */
export function readInput(input: string | undefined | null): ExecutionInput {
  if (input === undefined || input === null) return { text: '{}', value: {} };
  if (typeof input !== 'string') throw new AwsError('SerializationException', "Expected string for member 'input'");
  if (input.length > LIMIT_BYTES || Buffer.byteLength(input) > LIMIT_BYTES) {
    throw validation(
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${LIMIT_BYTES}`,
    );
  }
  if (input.trim() === '') throw invalidExecutionInput('Invalid execution input.');
  const read = readJsonText(input);
  if ('fault' in read) throw invalidExecutionInput(read.fault.message);
  return { text: input, value: read.value };
}
