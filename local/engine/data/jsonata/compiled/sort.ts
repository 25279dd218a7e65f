import { type AstNode, type CompileNode, type Evaluate, NeedsInterpreter } from './node';
import { sorted } from './values';

/** Compiles `^(a, >b)`: by the first term that tells two items apart; items without it come last. */
export function compileSort(node: AstNode, compile: CompileNode): Evaluate {
  const terms = (node.terms as AstNode[]).map((term) => ({
    evaluate: compile(term.expression),
    isDescending: term.descending === true,
  }));
  return (input, frame) => {
    const items = input as unknown[];
    if (items.length <= 1) return items;
    return sorted(items, (a, b) => {
      for (const { evaluate, isDescending } of terms) {
        const order = compare(evaluate(a, frame), evaluate(b, frame), isDescending);
        if (order !== 0) return order > 0;
      }
      return false;
    });
  };
}

function compare(a: unknown, b: unknown, isDescending: boolean): number {
  if (a === undefined) return b === undefined ? 0 : 1;
  if (b === undefined) return -1;
  const areComparable = typeof a === typeof b && (typeof a === 'string' || typeof a === 'number');
  if (!areComparable) throw new NeedsInterpreter();
  if (a === b) return 0;
  const order = (a as string) < (b as string) ? -1 : 1;
  return isDescending ? -order : order;
}
