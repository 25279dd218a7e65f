import { compileAnythingBut } from './anything-but';
import { compileCidr } from './cidr';
import { compileNumeric } from './numeric';
import { PatternError } from './pattern-error';
import { compileWildcard } from './wildcard';

/** One alternative of a field: matches a scalar of the event, or the absence of any. */
export type ValueMatcher =
  | { readonly kind: 'absent' }
  | { readonly kind: 'value'; readonly matches: (value: unknown) => boolean };

/** The alternatives of a field. Throws PatternError. */
export function compileValues(values: readonly unknown[]): ValueMatcher[] {
  if (values.length === 0) throw new PatternError('Empty arrays are not allowed');
  return values.map(compileValue);
}

function compileValue(value: unknown): ValueMatcher {
  if (Array.isArray(value)) {
    throw new PatternError('Match value must be String, number, true, false, or null');
  }
  if (value === null || typeof value !== 'object') return matching((leaf) => leaf === value);
  const names = Object.keys(value);
  const [name] = names;
  if (name === undefined) throw new PatternError('Match expression name not found');
  const matcher = compileExpression(name, (value as Record<string, unknown>)[name]);
  if (names.length > 1) throw new PatternError('Only one key allowed in match expression');
  return matcher;
}

function compileExpression(name: string, operand: unknown): ValueMatcher {
  switch (name) {
    case 'exists':
      if (typeof operand !== 'boolean') {
        throw new PatternError('exists match pattern must be either true or false.');
      }
      return operand ? matching(() => true) : { kind: 'absent' };
    case 'prefix':
    case 'suffix':
      return matching(compileAffix(name, operand));
    case 'equals-ignore-case': {
      const wanted = stringOf(operand, 'equals-ignore-case match pattern must be a string').toLowerCase();
      return matching((leaf) => typeof leaf === 'string' && leaf.toLowerCase() === wanted);
    }
    case 'wildcard': {
      const matches = compileWildcard(stringOf(operand, 'wildcard match pattern must be a string'));
      return matching((leaf) => typeof leaf === 'string' && matches(leaf));
    }
    case 'numeric':
      return matching(compileNumeric(operand));
    case 'cidr':
      return matching(compileCidr(stringOf(operand, 'prefix match pattern must be a string')));
    case 'anything-but':
      return matching(compileAnythingBut(operand));
    default:
      throw new PatternError(`Unrecognized match type ${name}`);
  }
}

/** `{"prefix": "a"}` or `{"prefix": {"equals-ignore-case": "a"}}`, and the same with suffix. */
function compileAffix(name: 'prefix' | 'suffix', operand: unknown): (leaf: unknown) => boolean {
  const isIgnoringCase = operand !== null && typeof operand === 'object' && 'equals-ignore-case' in operand;
  const value = isIgnoringCase ? (operand as Record<string, unknown>)['equals-ignore-case'] : operand;
  const text = stringOf(value, `${name} match pattern must be a string`);
  const test = name === 'prefix' ? startsWith : endsWith;
  if (!isIgnoringCase) return (leaf) => typeof leaf === 'string' && test(leaf, text);
  return (leaf) => typeof leaf === 'string' && test(leaf.toLowerCase(), text.toLowerCase());
}

const startsWith = (text: string, part: string) => text.startsWith(part);
const endsWith = (text: string, part: string) => text.endsWith(part);

function matching(matches: (value: unknown) => boolean): ValueMatcher {
  return { kind: 'value', matches };
}

function stringOf(operand: unknown, reason: string): string {
  if (typeof operand !== 'string') throw new PatternError(reason);
  return operand;
}
