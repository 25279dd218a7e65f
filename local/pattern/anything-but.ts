import { PatternError } from './pattern-error';
import { compileWildcard } from './wildcard';

/**
 * `{"anything-but": …}` with a scalar, a list, or one of prefix, suffix, wildcard and equals-ignore-case with a string
 * or a list of strings.
 */
export function compileAnythingBut(operand: unknown): (leaf: unknown) => boolean {
  if (operand !== null && typeof operand === 'object' && !Array.isArray(operand)) return compileExpression(operand);
  const values = Array.isArray(operand) ? operand : [operand];
  if (!Array.isArray(operand) && typeof operand !== 'string' && typeof operand !== 'number') {
    throw new PatternError('Value of anything-but must be an array or single string/number value.');
  }
  if (values.some((value) => typeof value !== 'string' && typeof value !== 'number')) {
    throw new PatternError('Inside anything but list, start|null|boolean is not supported.');
  }
  const kinds = new Set(values.map((value) => typeof value));
  if (kinds.size !== 1) {
    throw new PatternError(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  }
  return (leaf) => !values.includes(leaf);
}

function compileExpression(operand: object): (leaf: unknown) => boolean {
  const [entry, ...more] = Object.entries(operand);
  if (!entry) throw new PatternError('Anything-But expression name not found');
  if (more.length > 0) throw new PatternError('Only one key allowed in match expression');
  const [name, value] = entry;
  const test = testOf(name);
  if (!test) throw new PatternError(`Unsupported anything-but pattern: ${name}`);
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  const isAffix = name === 'prefix' || name === 'suffix';
  if (texts.length === 0 || texts.some((text) => typeof text !== 'string')) {
    throw new PatternError(
      isAffix
        ? 'prefix/suffix match pattern must be a string'
        : `Inside anything-but/${name} list, number|start|null|boolean is not supported.`,
    );
  }
  if (isAffix && texts.includes('')) throw new PatternError('Null prefix/suffix not allowed');
  const tests = texts.map((text) => test(text as string));
  return (leaf) => typeof leaf !== 'string' || !tests.some((matches) => matches(leaf));
}

function testOf(name: string): ((text: string) => (leaf: string) => boolean) | undefined {
  switch (name) {
    case 'prefix':
      return (text) => (leaf) => leaf.startsWith(text);
    case 'suffix':
      return (text) => (leaf) => leaf.endsWith(text);
    case 'equals-ignore-case':
      return (text) => (leaf) => leaf.toLowerCase() === text.toLowerCase();
    case 'wildcard':
      return compileWildcard;
    default:
      return undefined;
  }
}
