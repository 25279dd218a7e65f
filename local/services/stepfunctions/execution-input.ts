import type { Json } from '../../engine/contract';
import { readJsonText } from '../../engine/validation/json-text';
import { invalidExecutionInput, validation } from './faults';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const LIMIT_BYTES = 262144;

/** The input of an execution, as JSON text and read. */
export interface ExecutionInput {
  readonly text: string;
  readonly value: Json;
}

/** `{}` when none is given. Throws InvalidExecutionInput. */
export function readInput(input: string | undefined | null): ExecutionInput {
  if (input === undefined || input === null) return { text: '{}', value: {} };
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
