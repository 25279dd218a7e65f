import { STATES_RESULT_PATH_MATCH_FAILURE } from '../../errors/names';
import { runtimeError, StateError } from '../../errors/state-error';
import { isObject, type Json, setMember } from '../../model/json';
import type { JsonPath } from './path';

/**
 * Puts `result` into a copy of `input` at a reference path, making what objects lie on the way; the untouched parts
 * are shared. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultpath.html
 */
export function writeAtPath(path: JsonPath, input: Json, result: Json): Json {
  return write(path, 0, input, result);
}

function write(path: JsonPath, depth: number, value: Json | undefined, result: Json): Json {
  const step = path.steps[depth];
  if (step === undefined) return result;
  if (step.kind === 'indexes') {
    const index = step.indexes[0]!;
    if (!Array.isArray(value) || index >= value.length) throw mismatch(path, value);
    const copy = value.slice();
    copy[index] = write(path, depth + 1, copy[index], result);
    return copy;
  }
  if (step.kind !== 'names') throw runtimeError(`Invalid path '${path.text}' : a reference path is needed here`);
  if (value !== undefined && !isObject(value)) throw mismatch(path, value);
  const name = step.names[0]!;
  const copy: Record<string, Json> = { ...value };
  const below = value !== undefined && Object.hasOwn(value, name) ? value[name] : undefined;
  setMember(copy, name, write(path, depth + 1, below, result));
  return copy;
}

function mismatch(path: JsonPath, value: Json | undefined): StateError {
  return new StateError(
    STATES_RESULT_PATH_MATCH_FAILURE,
    `Unable to apply Reference Path ${path.text} to input ${JSON.stringify(value ?? null)}`,
  );
}
