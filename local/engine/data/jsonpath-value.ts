import { STATES_INTRINSIC_FAILURE } from '../errors/names';
import { StateError } from '../errors/state-error';
import type { Json } from '../model/json';
import { IntrinsicRefusal } from './intrinsics/intrinsic';
import { type IntrinsicArgument, type IntrinsicCall, parseIntrinsic } from './intrinsics/parse';
import { JsonPathSyntaxError } from './jsonpath/cursor';
import { parsePath } from './jsonpath/parse';
import type { JsonPath } from './jsonpath/path';
import { PathNotFound, readJsonPath } from './jsonpath/read';
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
      return (scope) => applyIntrinsic(call, scope);
    }
    const path = parsePath(text);
    return (scope) => readPathIn(path, scope);
  } catch (error) {
    if (!(error instanceof JsonPathSyntaxError)) throw error;
    return () => {
      throw new PathNotFound(error.message);
    };
  }
}

function applyIntrinsic(call: IntrinsicCall, scope: Scope): Json {
  const args = call.args.map((argument) => argumentValue(argument, scope));
  try {
    return call.intrinsic.apply(args, scope.random);
  } catch (error) {
    if (!(error instanceof IntrinsicRefusal)) throw error;
    throw new StateError(
      STATES_INTRINSIC_FAILURE,
      `The function '${call.intrinsic.name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})' had the following error: ${error.message}`,
    );
  }
}

function argumentValue(argument: IntrinsicArgument, scope: Scope): Json {
  switch (argument.kind) {
    case 'literal':
      return argument.value;
    case 'path':
      return readPathIn(argument.path, scope);
    case 'call':
      return applyIntrinsic(argument.call, scope);
  }
}
