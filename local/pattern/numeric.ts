import { PatternError } from './pattern-error';

const COMPARISONS: Record<string, (value: number, bound: number) => boolean> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `{"numeric": [">", 0, "<=", 5]}`: one comparison, or a lower bound followed by an upper one. */
export function compileNumeric(operand: unknown): (leaf: unknown) => boolean {
  if (!Array.isArray(operand)) throw new PatternError('Value of numeric must be an array.');
  const [operator, bound, operator2, bound2, ...more] = operand;
  if (typeof operator !== 'string') throw new PatternError(`Invalid member in numeric match: ${operator ?? ']'}`);
  const compare = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (!compare) throw new PatternError(`Unrecognized numeric range operator: ${operator}`);
  if (typeof bound !== 'number') {
    throw new PatternError(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`);
  }
  if (operand.length === 2) return (leaf) => typeof leaf === 'number' && compare(leaf, bound);

  if (!operator.startsWith('>')) throw new PatternError('Too many elements in numeric expression');
  if (typeof operator2 !== 'string') throw new PatternError(`Bad value in numeric range: ${operator2}`);
  if (operator2 !== '<' && operator2 !== '<=') throw new PatternError(`Bad numeric range operator: ${operator2}`);
  if (typeof bound2 !== 'number') throw new PatternError(`Value of ${operator2} must be numeric`);
  if (more.length > 0) throw new PatternError('Too many terms in numeric range expression');
  if (bound >= bound2) throw new PatternError('Bottom must be less than top');
  const compare2 = COMPARISONS[operator2]!;
  return (leaf) => typeof leaf === 'number' && compare(leaf, bound) && compare2(leaf, bound2);
}
