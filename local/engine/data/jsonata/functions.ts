import type { Scope } from '../scope';
import { higherOrderFunctions } from './compiled/higher-order';
import { builtIn, type NativeFunction, reimplemented } from './compiled/library';
import { searchFunctions } from './compiled/text-search';
import { defined } from './define-function';
import { distinct } from './functions/distinct';
import { hash } from './functions/hash';
import { lookup } from './functions/lookup';
import { pad } from './functions/pad';
import { parseJson } from './functions/parse-json';
import { partition } from './functions/partition';
import { range } from './functions/range';
import { seededRandom } from './functions/seeded-random';
import { shuffle } from './functions/shuffle';

/** jsonata's functions that are taken as they are. */
const AS_THEY_ARE = [
  'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim join',
  'formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power boolean not zip keys',
  'append exists spread merge reverse error assert type base64encode base64decode encodeUrlComponent encodeUrl',
  'decodeUrlComponent decodeUrl toMillis fromMillis clone',
].flatMap((names) => names.split(' '));

/**
 * Functions that replace or add to jsonata's, for the interpreter and for compiled expressions alike: those that Step
 * Functions adds, and bounded ones in place of those that an expression could drive without end.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn
 */
export const ownFunctions: ReadonlyMap<string, NativeFunction> = new Map([
  ['partition', defined(partition, '<xn:a>')],
  ['range', defined(range, '<nnn:a>')],
  ['hash', defined(hash, '<s-s?:s>')],
  ['parse', defined(parseJson, '<s-:x>')],
  ['pad', reimplemented('pad', pad)],
  ['distinct', reimplemented('distinct', distinct)],
  ['lookup', reimplemented('lookup', lookup)],
]);

/** All functions of compiled expressions, but for those that depend on the scope. There is no `$eval`. */
export const compiledFunctions: ReadonlyMap<string, NativeFunction> = new Map([
  ...AS_THEY_ARE.map((name): [string, NativeFunction] => [name, builtIn(name)]),
  ...Object.entries(higherOrderFunctions),
  ...Object.entries(searchFunctions),
  ...ownFunctions,
]);

const fromMillis = builtIn('fromMillis');

/** Functions that depend on the surroundings of one evaluation: its time and its randomness. */
export const scopedFunctions: ReadonlyMap<string, (scope: Scope) => NativeFunction> = new Map<
  string,
  (scope: Scope) => NativeFunction
>([
  [
    'random',
    ({ random }) => defined((seed?: number) => (seed === undefined ? random.next() : seededRandom(seed)), '<n?:n>'),
  ],
  ['uuid', ({ random }) => defined(() => random.uuid(), '<:s>')],
  ['shuffle', ({ random }) => reimplemented('shuffle', (items: unknown[]) => shuffle(items, random))],
  ['millis', ({ nowMs }) => defined(() => nowMs, '<:n>')],
  [
    'now',
    ({ nowMs }) =>
      defined((picture?: string, zone?: string) => fromMillis.implementation(nowMs, picture, zone), '<s?s?:s>'),
  ],
]);
