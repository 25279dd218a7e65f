import { findJsonFault } from '../../engine/validation/json-text';
import { invalidExecutionInput, validation } from './faults';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const LIMIT_BYTES = 262144;

/** The input of an execution as JSON text; `{}` when none is given. Throws InvalidExecutionInput. */
export function readInput(input: string | undefined | null): string {
  if (input === undefined || input === null) return '{}';
  if (input.length > LIMIT_BYTES || Buffer.byteLength(input) > LIMIT_BYTES) {
    throw validation(
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${LIMIT_BYTES}`,
    );
  }
  if (input.trim() === '') throw invalidExecutionInput('Invalid execution input.');
  const fault = findJsonFault(input);
  if (fault) throw invalidExecutionInput(fault.message);
  return input;
}
