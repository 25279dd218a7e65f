import { PathCursor } from './cursor';
import { parseFilter } from './filter';
import { isDefinite, type JsonPath, type PathStep } from './path';

const IDENTIFIER_START = /[\p{L}\p{Nl}_]/u;
const NAME_END = /[.[\]()\s,=<>!&|]/;
/** A nesting of filters deeper than this is refused, before it becomes the depth of our own stack. */
const DEEPEST_FILTER = 20;

/** Reads a JSONPath as AWS understands it: `$`, `$$`, `$variable` and the steps of Jayway's dialect. */
export function parsePath(text: string): JsonPath {
  const cursor = new PathCursor(text, 0);
  const path = readPath(cursor, 0);
  if (cursor.position < text.length) cursor.fail(`unexpected '${text[cursor.position]}'`);
  return path;
}

/** Reads a path from the cursor on, as far as it goes (paths stand inside filters and intrinsic calls too). */
export function readPath(cursor: PathCursor, filterDepth: number): JsonPath {
  const start = cursor.position;
  let root: JsonPath['root'];
  let variable: string | undefined;
  if (cursor.take('@')) root = 'current';
  else if (cursor.take('$$')) root = 'context';
  else {
    cursor.expect('$');
    const next = cursor.peek();
    if (next !== undefined && IDENTIFIER_START.test(next)) {
      root = 'variable';
      variable = bareName(cursor);
    } else root = 'data';
  }
  const steps = readSteps(cursor, filterDepth);
  return { text: cursor.text.slice(start, cursor.position), root, variable, steps, isDefinite: isDefinite(steps) };
}

function readSteps(cursor: PathCursor, filterDepth: number): PathStep[] {
  const steps: PathStep[] = [];
  for (;;) {
    if (cursor.take('..')) {
      steps.push({ kind: 'descent' });
      if (cursor.peek() === '[') continue;
      steps.push(readDotted(cursor));
    } else if (cursor.take('.')) steps.push(readDotted(cursor));
    else if (cursor.take('[')) steps.push(readBracket(cursor, filterDepth));
    else return steps;
  }
}

function readDotted(cursor: PathCursor): PathStep {
  if (cursor.take('*')) return { kind: 'wildcard' };
  const name = bareName(cursor);
  if (cursor.peek() === '(') cursor.fail('functions are not supported in paths');
  return { kind: 'names', names: [name] };
}

function bareName(cursor: PathCursor): string {
  const start = cursor.position;
  for (let char = cursor.peek(); char !== undefined && !NAME_END.test(char); char = cursor.peek()) cursor.position++;
  if (cursor.position === start) cursor.fail('a name is missing');
  return cursor.text.slice(start, cursor.position);
}

function readBracket(cursor: PathCursor, filterDepth: number): PathStep {
  cursor.skipSpaces();
  if (cursor.take('?')) {
    if (filterDepth >= DEEPEST_FILTER) cursor.fail('filters are nested too deeply');
    cursor.skipSpaces();
    cursor.expect('(');
    const filter = parseFilter(cursor, filterDepth + 1, readPath);
    cursor.skipSpaces();
    cursor.expect(')');
    return closed(cursor, { kind: 'filter', filter });
  }
  if (cursor.take('*')) return closed(cursor, { kind: 'wildcard' });
  if (cursor.peek() === "'" || cursor.peek() === '"') {
    return closed(cursor, { kind: 'names', names: list(cursor, () => cursor.quoted()) });
  }
  const from = optionalInteger(cursor);
  cursor.skipSpaces();
  if (cursor.take(':')) {
    const to = optionalInteger(cursor);
    const step = cursor.take(':') ? optionalInteger(cursor) : undefined;
    return closed(cursor, { kind: 'slice', from, to, step });
  }
  if (from === undefined) cursor.fail('expected an index, a name in quotes, a slice, * or a filter');
  const indexes = [from];
  while (cursor.take(',')) indexes.push(optionalInteger(cursor) ?? cursor.fail('expected an index'));
  return closed(cursor, { kind: 'indexes', indexes });
}

function list(cursor: PathCursor, item: () => string): string[] {
  const items = [item()];
  cursor.skipSpaces();
  while (cursor.take(',')) {
    cursor.skipSpaces();
    if (cursor.peek() !== "'" && cursor.peek() !== '"') cursor.fail('expected a name in quotes');
    items.push(item());
    cursor.skipSpaces();
  }
  return items;
}

function closed(cursor: PathCursor, step: PathStep): PathStep {
  cursor.skipSpaces();
  cursor.expect(']');
  return step;
}

function optionalInteger(cursor: PathCursor): number | undefined {
  cursor.skipSpaces();
  const match = /^-?\d{1,15}/.exec(cursor.text.slice(cursor.position, cursor.position + 16));
  if (!match) return undefined;
  cursor.position += match[0].length;
  cursor.skipSpaces();
  return Number(match[0]);
}
