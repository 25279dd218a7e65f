import { compileGroup } from './group';
import type { AstNode, CompileNode, Evaluate } from './node';

/** Compiles `[a, b, …]`: sequences among the items are flattened, arrays that are written as such are not. */
export function compileArray(node: AstNode, compile: CompileNode): Evaluate {
  const items = (node.expressions as AstNode[]).map((item) => ({
    isArray: item.value === '[',
    evaluate: compile(item),
  }));
  return (input, frame) => {
    const array: unknown[] = [];
    for (const { isArray, evaluate } of items) {
      const value = evaluate(input, frame);
      if (value === undefined) continue;
      if (isArray || !Array.isArray(value)) array.push(value);
      else for (const part of value) array.push(part);
    }
    if (node.consarray) Object.defineProperty(array, 'cons', { value: true });
    return array;
  };
}

/** Compiles `{key: value}` where it stands by itself. */
export function compileObject(node: AstNode, compile: CompileNode): Evaluate {
  return compileGroup(node, compile);
}
