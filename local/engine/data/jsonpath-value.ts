import { STATES_INTRINSIC_FAILURE } from '../errors/names';
import { runtimeError, StateError } from '../errors/state-error';
import type { Json } from '../model/json';
import { IntrinsicRefusal } from './intrinsics/intrinsic';
import { type IntrinsicArgument, type IntrinsicCall, parseIntrinsic } from './intrinsics/parse';
import { JsonPathSyntaxError } from './jsonpath/cursor';
import { parsePath } from './jsonpath/parse';
import type { JsonPath } from './jsonpath/path';
import { IndexPastEnd, PathNotFound, readJsonPath } from './jsonpath/read';
import type { Scope } from './scope';

/** Reads a path from wherever it starts: the data, the context object or a variable. Throws PathNotFound. */
export function readPathIn(path: JsonPath, scope: Scope): Json {
  if (path.root === 'data') return path.steps.length === 0 ? scope.input : readJsonPath(path, scope.input);
  if (path.root === 'context') return readJsonPath(path, scope.context());
  const value = scope.variable(path.variable!);
  if (value === undefined) throw new PathNotFound(`No results for path: $${path.variable}`);
  return readJsonPath(path, value);
}

/** A value of a payload template whose name ends with `.$`: a path or a call of an intrinsic function. */
export type DynamicValue = (scope: Scope) => Json;

/** Compiles such a value; one that cannot be read fails when it is used, not before. */
export function compileDynamicValue(text: string): DynamicValue {
  try {
    if (/^\s*States\./.test(text)) {
      const call = parseIntrinsic(text);
      return (scope) => applyWhole(call, text, scope);
    }
    const path = parsePath(text);
    return (scope) => readOrNull(path, scope);
  } catch (error) {
    if (!(error instanceof JsonPathSyntaxError)) throw error;
    return () => {
      throw new PathNotFound(error.message);
    };
  }
}

/** An index past the end of an array gives null in a payload template; as an argument of an intrinsic it is missing. */
function readOrNull(path: JsonPath, scope: Scope): Json {
  try {
    return readPathIn(path, scope);
  } catch (error) {
    if (error instanceof IndexPastEnd) return null;
    throw error;
  }
}

/** Applies a call with the calls inside it; whichever fails, AWS names the whole expression as it is written. */
function applyWhole(call: IntrinsicCall, text: string, scope: Scope): Json {
  try {
    return applyIntrinsic(call, scope);
  } catch (error) {
    const reason = `The function '${text}' had the following error: ${(error as Error).message}`;
    if (error instanceof ArgumentNotFound) throw runtimeError(reason);
    if (error instanceof IntrinsicRefusal) throw new StateError(STATES_INTRINSIC_FAILURE, reason);
    throw error;
  }
}

function applyIntrinsic(call: IntrinsicCall, scope: Scope): Json {
  const args = call.args.map((argument) => argumentValue(argument, scope));
  return call.intrinsic.apply(args, scope.random);
}

/** An argument whose path leads nowhere. */
class ArgumentNotFound extends Error {}

function argumentValue(argument: IntrinsicArgument, scope: Scope): Json {
  switch (argument.kind) {
    case 'literal':
      return argument.value;
    case 'path':
      return pathArgument(argument.path, scope);
    case 'call':
      return applyIntrinsic(argument.call, scope);
  }
}

/** AWS shows a path into the context object with one dollar, and the state's input even then. */
function pathArgument(path: JsonPath, scope: Scope): Json {
  try {
    return readPathIn(path, scope);
  } catch (error) {
    if (!(error instanceof PathNotFound)) throw error;
    const shown = path.root === 'context' ? path.text.slice(1) : path.text;
    throw new ArgumentNotFound(
      `The JsonPath argument for the field '${shown}' could not be found in the input '${scope.inputText()}'`,
    );
  }
}
