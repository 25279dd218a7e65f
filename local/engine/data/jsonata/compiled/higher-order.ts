import { setMember } from '../../../model/json';
import { asSequence } from '../sequence';
import { arityOf } from './calls';
import { type NativeFunction, reimplemented } from './library';
import { NeedsInterpreter } from './node';
import { isNumeric, sequenceOf, sorted, truth } from './values';

type Callback = { apply(self: unknown, args: unknown[]): unknown };

/** Calls back with as many of value, key and whole as the function takes. */
function callBack(callback: Callback, value: unknown, key: unknown, whole: unknown): unknown {
  const arity = arityOf(callback);
  return callback.apply(null, arity >= 3 ? [value, key, whole] : arity >= 2 ? [value, key] : [value]);
}

function map(items: unknown[] | undefined, callback: Callback): unknown {
  if (items === undefined) return undefined;
  const results = sequenceOf();
  items.forEach((item, index) => {
    const result = callBack(callback, item, index, items);
    if (result !== undefined) results.push(result);
  });
  return results;
}

function filter(items: unknown[] | undefined, callback: Callback): unknown {
  if (items === undefined) return undefined;
  return asSequence(items.filter((item, index) => truth(callBack(callback, item, index, items))));
}

function single(items: unknown[] | undefined, callback: Callback | undefined): unknown {
  if (items === undefined) return undefined;
  const found = items.filter((item, index) => !callback || truth(callBack(callback, item, index, items)));
  if (found.length !== 1) throw new NeedsInterpreter();
  return found[0];
}

function reduce(items: unknown[] | undefined, callback: Callback, init: unknown): unknown {
  if (items === undefined) return undefined;
  const arity = arityOf(callback);
  if (arity < 2) throw new NeedsInterpreter();
  const hasInit = init !== undefined || items.length === 0;
  let result = hasInit ? init : items[0];
  for (let index = hasInit ? 0 : 1; index < items.length; index++) {
    result = callback.apply(null, [result, items[index], index, items].slice(0, Math.min(arity, 4)));
  }
  return result;
}

function each(object: Record<string, unknown>, callback: Callback): unknown {
  const results = sequenceOf();
  for (const key of Object.keys(object)) {
    const result = callBack(callback, object[key], key, object);
    if (result !== undefined) results.push(result);
  }
  return results;
}

function sift(object: Record<string, unknown>, callback: Callback): unknown {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(object ?? {})) {
    if (truth(callBack(callback, object[key], key, object))) setMember(kept, key, object[key]);
  }
  return Object.keys(kept).length === 0 ? undefined : kept;
}

function sort(items: unknown[] | undefined, comparator: Callback | undefined): unknown {
  if (items === undefined || items.length <= 1) return items;
  if (comparator) return sorted(items, (a, b) => comparator.apply(null, [a, b]));
  if (!items.every((item) => typeof item === 'string') && !items.every(isNumeric)) throw new NeedsInterpreter();
  return sorted(items, (a, b) => (a as string) > (b as string));
}

/** jsonata's functions that call back, without promises. */
export const higherOrderFunctions: Readonly<Record<string, NativeFunction>> = {
  map: reimplemented('map', map),
  filter: reimplemented('filter', filter),
  single: reimplemented('single', single),
  reduce: reimplemented('reduce', reduce),
  each: reimplemented('each', each),
  sift: reimplemented('sift', sift),
  sort: reimplemented('sort', sort),
};
