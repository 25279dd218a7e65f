/**
 * Owns event patterns: text in, predicate out. Pure.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 *
 * Invariants
 * 1. Fields of a pattern are all required; the values of a field, and the branches of `$or`, are alternatives.
 * 2. A pattern over an array of objects matches only if one and the same element satisfies it.
 * 3. A field that is absent is matched by `{"exists": false}` alone.
 */
import { PatternError } from './pattern-error';
import { compileValues, type ValueMatcher } from './value-matcher';

/** Whether an event, as the parsed JSON that targets receive, matches. */
export type EventPredicate = (event: unknown) => boolean;

/** Names that Ruler keeps for itself inside `$or`. */
const RESERVED_IN_OR = [
  'prefix',
  'suffix',
  'anything-but',
  'numeric',
  'exists',
  'cidr',
  'wildcard',
  'equals-ignore-case',
];

/** Throws PatternError, in AWS's words, for text that is no event pattern. */
export function compilePattern(text: string): EventPredicate {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch (error) {
    throw new PatternError((error as Error).message);
  }
  if (!isObject(pattern)) throw new PatternError('Filter is not an object');
  return compileObject(pattern, false);
}

function compileObject(pattern: Record<string, unknown>, isInsideOr: boolean): EventPredicate {
  const names = Object.keys(pattern);
  if (names.length === 0) throw new PatternError('Empty objects are not allowed');
  const parts = names.map((name) => compileField(name, pattern[name], isInsideOr));
  return (value) => parts.every((matches) => matches(value));
}

function compileField(name: string, value: unknown, isInsideOr: boolean): EventPredicate {
  if (name === '$or') return compileOr(value);
  if (isInsideOr && RESERVED_IN_OR.includes(name)) {
    throw new PatternError(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
  }
  if (Array.isArray(value)) {
    const values = compileValues(value);
    return (event) => matchesLeaf(isObject(event) ? ownValue(event, name) : undefined, values);
  }
  if (!isObject(value)) throw new PatternError(`"${name}" must be an object or an array`);
  const nested = compileObject(value, isInsideOr);
  return (event) => matchesNested(isObject(event) ? ownValue(event, name) : undefined, nested);
}

function compileOr(value: unknown): EventPredicate {
  if (!Array.isArray(value)) throw new PatternError('It must be an Array followed with $or.');
  const branches = value.map((branch) => {
    if (!isObject(branch)) throw new PatternError('Only JSON object is allowed in array of $or relationship.');
    return compileObject(branch, true);
  });
  if (branches.length < 2) throw new PatternError('There must have at least 2 Objects in $or relationship.');
  return (event) => branches.some((matches) => matches(event));
}

/** An absent or scalar value still goes in: only what `exists: false` asks for can match there. */
function matchesNested(value: unknown, nested: EventPredicate): boolean {
  if (Array.isArray(value) && value.length > 0) return value.some((element) => matchesNested(element, nested));
  return nested(isObject(value) ? value : {});
}

function matchesLeaf(value: unknown, values: readonly ValueMatcher[]): boolean {
  const leaves = leavesOf(value);
  return values.some((matcher) =>
    matcher.kind === 'absent' ? leaves.length === 0 : leaves.some((leaf) => matcher.matches(leaf)),
  );
}

/** The scalars at a path; objects are none, they have paths of their own. */
function leavesOf(value: unknown): unknown[] {
  if (value === undefined || isObject(value)) return [];
  return Array.isArray(value) ? value.flatMap(leavesOf) : [value];
}

function ownValue(event: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(event, name) ? event[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
