import { runtimeError } from '../errors/state-error';
import type { Json } from '../model/json';
import type { JsonPath } from './jsonpath/path';
import { PathNotFound } from './jsonpath/read';
import { writeAtPath } from './jsonpath/write';
import type { PathField } from './path-field';
import type { Scope } from './scope';

/**
 * The data flow of JSONPath states: InputPath, ResultPath and OutputPath around what a state does.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html
 */

/** What InputPath or OutputPath lets through: everything when absent, an empty object for null. */
export function selectByPath(field: PathField | null | undefined, scope: Scope): Json {
  if (field === undefined) return scope.input;
  return field === null ? {} : readRequired(field, scope);
}

/** A path that has to lead somewhere, else States.Runtime in AWS's words. */
export function readRequired(field: PathField, scope: Scope): Json {
  try {
    return field.read(scope);
  } catch (error) {
    if (!(error instanceof PathNotFound)) throw error;
    throw runtimeError(`Invalid path '${field.text}' : ${error.message}`);
  }
}

/** Input and result joined by ResultPath: the result alone when absent, the input alone for null. */
export function joinByPath(resultPath: JsonPath | null | undefined, input: Json, result: Json): Json {
  if (resultPath === null) return input;
  return resultPath === undefined || resultPath.steps.length === 0 ? result : writeAtPath(resultPath, input, result);
}
