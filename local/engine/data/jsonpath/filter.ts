import { runtimeError } from '../../errors/state-error';
import { equalJson, type Json } from '../../model/json';
import { GuardedRegExp } from '../jsonata/guarded-regexp';
import type { PathCursor } from './cursor';
import type { FilterNode, FilterOperand, JsonPath } from './path';

/** Reads the path that begins at the cursor; handed in, since paths hold filters and filters hold paths. */
export type PathReader = (cursor: PathCursor, filterDepth: number) => JsonPath;

const OPERATORS = ['==', '!=', '<=', '>=', '=~', '<', '>', 'nin ', 'in '];

/** Reads what stands between the parentheses of `[?( … )]`; leaves the cursor at the closing one. */
export function parseFilter(cursor: PathCursor, depth: number, readPath: PathReader): FilterNode {
  let left = parseAnd(cursor, depth, readPath);
  for (;;) {
    cursor.skipSpaces();
    if (!cursor.take('||')) return left;
    left = { kind: 'or', left, right: parseAnd(cursor, depth, readPath) };
  }
}

function parseAnd(cursor: PathCursor, depth: number, readPath: PathReader): FilterNode {
  let left = parseUnary(cursor, depth, readPath);
  for (;;) {
    cursor.skipSpaces();
    if (!cursor.take('&&')) return left;
    left = { kind: 'and', left, right: parseUnary(cursor, depth, readPath) };
  }
}

function parseUnary(cursor: PathCursor, depth: number, readPath: PathReader): FilterNode {
  if (depth > 50) cursor.fail('a filter is nested too deeply');
  cursor.skipSpaces();
  if (cursor.peek() === '!' && cursor.text[cursor.position + 1] !== '=') {
    cursor.position++;
    return { kind: 'not', operand: parseUnary(cursor, depth + 1, readPath) };
  }
  if (cursor.take('(')) {
    const inner = parseFilter(cursor, depth + 1, readPath);
    cursor.skipSpaces();
    cursor.expect(')');
    return inner;
  }
  const left = parseOperand(cursor, depth, readPath);
  cursor.skipSpaces();
  const operator = OPERATORS.find((candidate) => cursor.take(candidate));
  if (operator === '=~') return { kind: 'compare', operator, left, right: parsePattern(cursor) };
  if (operator)
    return { kind: 'compare', operator: operator.trim(), left, right: parseOperand(cursor, depth, readPath) };
  if ('path' in left) return { kind: 'exists', path: left.path };
  return cursor.fail('expected a comparison');
}

function parseOperand(cursor: PathCursor, depth: number, readPath: PathReader): FilterOperand {
  cursor.skipSpaces();
  const char = cursor.peek();
  if (char === '@' || char === '$') return { path: readPath(cursor, depth) };
  if (char === "'" || char === '"') return { value: cursor.quoted() };
  if (char === '[') return { value: parseList(cursor, depth, readPath) };
  const literal = /^(true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?)/.exec(cursor.text.slice(cursor.position));
  if (!literal) return cursor.fail('expected a path or a literal');
  cursor.position += literal[0].length;
  return { value: JSON.parse(literal[0]) as Json };
}

/** `/pattern/flags`; the whole text has to match, as in Jayway. */
function parsePattern(cursor: PathCursor): FilterOperand {
  cursor.skipSpaces();
  const literal = /^\/((?:\\.|[^\\/])+)\/([imsu]*)/.exec(cursor.text.slice(cursor.position));
  if (!literal) return cursor.fail('expected a regular expression');
  cursor.position += literal[0].length;
  try {
    return { pattern: new GuardedRegExp(new RegExp(`^(?:${literal[1]})$`, literal[2])) };
  } catch {
    return cursor.fail('the regular expression cannot be read');
  }
}

function parseList(cursor: PathCursor, depth: number, readPath: PathReader): Json[] {
  const items: Json[] = [];
  cursor.expect('[');
  cursor.skipSpaces();
  while (!cursor.take(']')) {
    const operand = parseOperand(cursor, depth, readPath);
    if (!('value' in operand)) return cursor.fail('a list holds literals');
    items.push(operand.value);
    cursor.skipSpaces();
    cursor.take(',');
    cursor.skipSpaces();
  }
  return items;
}

/** Reads a path inside a filter, `@` being the item under test; undefined when there is nothing. */
export type FilterLookup = (path: JsonPath) => Json | undefined;

/** Decides a filter. Values of different types are unequal and in no order, as in Jayway. */
export function matchesFilter(node: FilterNode, lookup: FilterLookup): boolean {
  switch (node.kind) {
    case 'and':
      return matchesFilter(node.left, lookup) && matchesFilter(node.right, lookup);
    case 'or':
      return matchesFilter(node.left, lookup) || matchesFilter(node.right, lookup);
    case 'not':
      return !matchesFilter(node.operand, lookup);
    case 'exists':
      return lookup(node.path) !== undefined;
    case 'compare':
      return 'pattern' in node.right
        ? matchesPattern(node.right.pattern, operandValue(node.left, lookup))
        : compare(node.operator, operandValue(node.left, lookup), operandValue(node.right, lookup));
  }
}

function operandValue(operand: FilterOperand, lookup: FilterLookup): Json | undefined {
  if ('path' in operand) return lookup(operand.path);
  return 'value' in operand ? operand.value : undefined;
}

/** Numbers and booleans are matched as they are written. */
function matchesPattern(pattern: GuardedRegExp, value: Json | undefined): boolean {
  if (value === undefined || value === null || typeof value === 'object') return false;
  try {
    return pattern.exec(String(value)) !== null;
  } catch (error) {
    throw runtimeError((error as Error).message);
  }
}

function compare(operator: string, left: Json | undefined, right: Json | undefined): boolean {
  if (operator === '==') return left !== undefined && right !== undefined && equalJson(left, right);
  if (operator === '!=') return left === undefined || right === undefined || !equalJson(left, right);
  if (left === undefined || right === undefined) return false;
  if (operator === 'in') return Array.isArray(right) && right.some((item) => equalJson(item, left));
  if (operator === 'nin') return Array.isArray(right) && !right.some((item) => equalJson(item, left));
  if (typeof left !== typeof right || (typeof left !== 'number' && typeof left !== 'string')) return false;
  const other = right as typeof left;
  switch (operator) {
    case '<':
      return left < other;
    case '<=':
      return left <= other;
    case '>':
      return left > other;
    case '>=':
      return left >= other;
    default:
      return false;
  }
}
