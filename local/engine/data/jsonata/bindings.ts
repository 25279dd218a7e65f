import type { Expression } from 'jsonata';
import type { Scope } from '../scope';
import { hash } from './functions/hash';
import { parseJson } from './functions/parse-json';
import { partition } from './functions/partition';
import { range } from './functions/range';
import { seededRandom } from './functions/seeded-random';
import { asSequence } from './sequence';

/** Functions that depend on the surroundings of one evaluation. */
const SCOPED: Readonly<Record<string, (scope: Scope) => (...args: any[]) => unknown>> = {
  random: (scope) => (seed?: number) => (typeof seed === 'number' ? seededRandom(seed) : scope.random.next()),
  uuid: (scope) => () => scope.random.uuid(),
  millis: (scope) => () => scope.nowMs,
  shuffle: (scope) => (items: unknown) => (Array.isArray(items) ? shuffled(items, () => scope.random.next()) : items),
};

/** Names that stand for functions of AWS's own, or of ours in place of JSONata's. */
export const functionNames: ReadonlySet<string> = new Set([
  ...Object.keys(SCOPED),
  'partition',
  'range',
  'hash',
  'parse',
  'eval',
]);

/**
 * Adds the functions that Step Functions has beyond JSONata, and takes away `$eval`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn
 */
export function registerFunctions(expression: Expression): void {
  expression.registerFunction('partition', partition, '<xn:a>');
  expression.registerFunction('range', (first: number, last: number, step: number) => {
    return [first, last, step].includes(undefined as never) ? undefined : asSequence(range(first, last, step));
  }, '<nnn:a>');
  expression.registerFunction('hash', hash, '<s-s?:s>');
  expression.registerFunction('parse', parseJson, '<s-:x>');
  expression.assign('eval', undefined);
}

/** Binds those of the mentioned functions that need the scope. */
export function bindFunctions(bindings: Record<string, unknown>, mentioned: ReadonlySet<string>, scope: Scope): void {
  for (const name of mentioned) {
    if (Object.hasOwn(SCOPED, name)) bindings[name] = SCOPED[name]!(scope);
  }
}

/** Fisher and Yates, on a copy. */
function shuffled(items: readonly unknown[], next: () => number): unknown[] {
  const copy = items.slice();
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}
