import { Frame } from './frame';
import type { AstNode, CompileNode, Evaluate } from './node';
import { truth } from './values';

/** Compiles `$name`, or `$` for the input. */
export function compileVariable(node: AstNode): Evaluate {
  const name = String(node.value);
  return name === '' ? (input) => input : (_input, frame) => frame.lookup(name);
}

/** Compiles `$name := value`. */
export function compileBind(node: AstNode, compile: CompileNode): Evaluate {
  const name = String(node.lhs.value);
  const evaluate = compile(node.rhs);
  return (input, frame) => {
    const value = evaluate(input, frame);
    frame.bind(name, value);
    return value;
  };
}

/** Compiles `(a; b; c)`: variables that are bound inside are known inside alone. */
export function compileBlock(node: AstNode, compile: CompileNode): Evaluate {
  const expressions = (node.expressions as AstNode[]).map(compile);
  return (input, frame) => {
    const inner = new Frame(frame, frame.guard);
    let result: unknown;
    for (const evaluate of expressions) result = evaluate(input, inner);
    return result;
  };
}

/** Compiles `condition ? then : else`. */
export function compileCondition(node: AstNode, compile: CompileNode): Evaluate {
  const condition = compile(node.condition);
  const then = compile(node.then);
  const otherwise = node.else ? compile(node.else) : undefined;
  return (input, frame) => (truth(condition(input, frame)) ? then(input, frame) : otherwise?.(input, frame));
}
