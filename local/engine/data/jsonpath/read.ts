import { isObject, type Json, ownMember } from '../../model/json';
import { matchesFilter } from './filter';
import type { JsonPath, PathStep } from './path';

/** A definite path that leads nowhere; the message is Jayway's, which AWS shows. */
export class PathNotFound extends Error {}

/** A path whose last step is an index past the end of an array that is there. */
export class IndexPastEnd extends PathNotFound {}

/**
 * Reads a path in `root` (the data, the context object or a variable, whichever the path starts from).
 * A definite path gives its value or throws PathNotFound; others give the array of what they found.
 */
export function readJsonPath(path: JsonPath, root: Json): Json {
  return path.isDefinite ? readDefinite(path.steps, root) : readAll(path.steps, [root], root);
}

function readDefinite(steps: readonly PathStep[], start: Json): Json {
  let value = start;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!;
    let next: Json | undefined;
    if (step.kind === 'names') next = isObject(value) ? ownMember(value, step.names[0]!) : undefined;
    else if (step.kind === 'indexes') next = Array.isArray(value) ? at(value, step.indexes[0]!) : undefined;
    if (next === undefined) throw notFound(steps, i, value);
    value = next;
  }
  return value;
}

/** In Jayway's words. https://github.com/json-path/JsonPath (PropertyPathToken, PathToken, ArrayPathToken) */
function notFound(steps: readonly PathStep[], index: number, value: Json): PathNotFound {
  const step = steps[index]!;
  const upTo = describe(steps.slice(0, index));
  if (step.kind === 'names') {
    if (!isObject(value)) {
      const type = javaType(value);
      const provider =
        "This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.";
      return new PathNotFound(
        `Expected to find an object with property ['${step.names[0]}'] in path ${upTo} but found '${type}'. ${provider}`,
      );
    }
    const here = describe(steps.slice(0, index + 1));
    return new PathNotFound(
      index === steps.length - 1 ? `No results for path: ${here}` : `Missing property in path ${here}`,
    );
  }
  if (step.kind === 'indexes' && !Array.isArray(value)) {
    return new PathNotFound(
      value === null
        ? `The path ${upTo} is null`
        : `Filter: [${step.indexes[0]}] can only be applied to arrays. Current context is: ${JSON.stringify(value)}`,
    );
  }
  const Missing = index === steps.length - 1 && step.kind === 'indexes' ? IndexPastEnd : PathNotFound;
  return new Missing(`No results for path: ${describe(steps)}`);
}

function javaType(value: Json): string {
  if (value === null) return 'null';
  const node = {
    string: 'TextNode',
    number: Number.isInteger(value) ? 'IntNode' : 'DoubleNode',
    boolean: 'BooleanNode',
  };
  return `com.fasterxml.jackson.databind.node.${node[typeof value as keyof typeof node] ?? 'ArrayNode'}`;
}

function describe(steps: readonly PathStep[]): string {
  return steps.reduce((text, step) => {
    if (step.kind === 'names') return `${text}['${step.names[0]}']`;
    if (step.kind === 'indexes') return `${text}[${step.indexes[0]}]`;
    return text;
  }, '$');
}

function readAll(steps: readonly PathStep[], start: Json[], root: Json): Json {
  let values = start;
  for (const step of steps) {
    const next: Json[] = [];
    for (const value of values) collect(step, value, root, next);
    values = next;
  }
  return values;
}

function collect(step: PathStep, value: Json, root: Json, into: Json[]): void {
  const add = (found: Json | undefined) => {
    if (found !== undefined) into.push(found);
  };
  switch (step.kind) {
    case 'names':
      if (isObject(value)) for (const name of step.names) add(ownMember(value, name));
      return;
    case 'indexes':
      if (Array.isArray(value)) for (const index of step.indexes) add(at(value, index));
      return;
    case 'slice':
      if (Array.isArray(value)) slice(value, step).forEach(add);
      return;
    case 'wildcard':
      children(value).forEach(add);
      return;
    case 'descent':
      descend(value, into);
      return;
    case 'filter':
      for (const child of Array.isArray(value) ? value : isObject(value) ? [value] : []) {
        if (matchesFilter(step.filter, (path) => lookup(path, child, root))) into.push(child);
      }
      return;
    default:
      return;
  }
}

function lookup(path: JsonPath, current: Json, root: Json): Json | undefined {
  try {
    return readJsonPath(path, path.root === 'current' ? current : root);
  } catch (error) {
    if (error instanceof PathNotFound) return undefined;
    throw error;
  }
}

function at(array: Json[], index: number): Json | undefined {
  return array[index < 0 ? array.length + index : index];
}

function children(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

/** The value and all below it, in document order; with a stack of our own, since data can be deep. */
function descend(value: Json, into: Json[]): void {
  const pending = [value];
  while (pending.length > 0) {
    const next = pending.pop()!;
    into.push(next);
    const below = children(next);
    for (let i = below.length - 1; i >= 0; i--)
      if (typeof below[i] === 'object' && below[i] !== null) pending.push(below[i]!);
  }
}

function slice(array: Json[], { from, to, step = 1 }: { from?: number; to?: number; step?: number }): Json[] {
  if (step <= 0) return [];
  const bound = (index: number) => (index < 0 ? Math.max(0, array.length + index) : Math.min(index, array.length));
  const end = bound(to ?? array.length);
  const found: Json[] = [];
  for (let i = bound(from ?? 0); i < end; i += step) found.push(array[i]!);
  return found;
}
