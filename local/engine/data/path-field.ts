import type { Json } from '../model/json';
import { JsonPathSyntaxError } from './jsonpath/cursor';
import { parsePath } from './jsonpath/parse';
import type { JsonPath } from './jsonpath/path';
import { compileDynamicValue, readPathIn } from './jsonpath-value';
import type { Scope } from './scope';

/** A field that holds a path (InputPath, SecondsPath, Variable) or, where allowed, a call of an intrinsic function. */
export interface PathField {
  readonly text: string;
  /** Undefined for an intrinsic call and for a text that is no path; the latter fails when it is read. */
  readonly path?: JsonPath;
  /** Its value; throws PathNotFound. */
  read(scope: Scope): Json;
}

/** Compiles such a field; null stays null (`InputPath: null` stands for an empty object). */
export function pathField(value: Json | undefined): PathField | null | undefined {
  if (value === null) return null;
  if (typeof value !== 'string') return undefined;
  const path = value.startsWith('States.') ? undefined : parsedPath(value);
  if (path === undefined) return { text: value, read: compileDynamicValue(value) };
  return { text: value, path, read: (scope) => readPathIn(path, scope) };
}

/** Compiles a reference path (ResultPath). */
export function referencePath(value: Json | undefined): JsonPath | null | undefined {
  if (value === null) return null;
  return typeof value === 'string' ? parsedPath(value) : undefined;
}

function parsedPath(text: string): JsonPath | undefined {
  try {
    return parsePath(text);
  } catch (error) {
    if (error instanceof JsonPathSyntaxError) return undefined;
    throw error;
  }
}
