import type { Frame } from './frame';
import type { AstNode, CompileNode } from './node';
import { isNumeric, sequenceOf, truth } from './values';

/** Keeps some of the items of a value. */
export type Filter = (value: unknown, frame: Frame) => unknown;

/** Compiles `[…]` behind an expression: an index, several of them, or a condition. */
export function compileFilter(predicate: AstNode, compile: CompileNode): Filter {
  if (predicate.type === 'number') {
    const index = Math.floor(predicate.value as number);
    return (value) => {
      const items = Array.isArray(value) ? value : [value];
      const item = items[index < 0 ? items.length + index : index];
      if (item === undefined) return sequenceOf();
      return Array.isArray(item) ? item : sequenceOf(item);
    };
  }
  const evaluate = compile(predicate);
  return (value, frame) => {
    const items = Array.isArray(value) ? value : [value];
    const kept = sequenceOf();
    items.forEach((item, position) => {
      const result = evaluate(item, frame);
      const indexes = indexesOf(result);
      if (indexes) {
        for (const index of indexes) {
          const whole = Math.floor(index);
          if ((whole < 0 ? items.length + whole : whole) === position) kept.push(item);
        }
      } else if (truth(result)) kept.push(item);
    });
    return kept;
  };
}

function indexesOf(result: unknown): number[] | undefined {
  if (isNumeric(result)) return [result];
  return Array.isArray(result) && result.every(isNumeric) ? (result as number[]) : undefined;
}
