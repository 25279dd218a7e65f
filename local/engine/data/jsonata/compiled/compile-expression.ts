import { lookup } from '../functions/lookup';
import { compileApply, compileCall, compileLambda } from './calls';
import { compileArray, compileObject } from './constructors';
import { compileFilter } from './filter';
import { compileGroup } from './group';
import { evaluateDescendants, evaluateWildcard } from './navigation';
import { type AstNode, type Evaluate, NeedsInterpreter } from './node';
import { compileBinary, compileNegation } from './operators';
import { compilePath } from './path';
import { compileRegex } from './regex';
import { compileBind, compileBlock, compileCondition, compileVariable } from './scoping';
import { isSequence } from './values';

/**
 * Compiles jsonata's syntax tree to plain functions: the same results as jsonata 2.0.6, without a promise per node.
 * Throws NeedsInterpreter for what is left to the interpreter: `@`, `#` and `%` in paths, transforms, partial application.
 */
export function compileExpression(node: AstNode): Evaluate {
  if (node.tuple || node.focus || node.index || node.ancestor || node.seekingParent?.length > 0) {
    throw new NeedsInterpreter();
  }
  const core = compileCore(node);
  const predicates = ((node.predicate ?? []) as AstNode[]).map((predicate) => {
    if (predicate.type !== 'filter') throw new NeedsInterpreter();
    return compileFilter(predicate.expr, compileExpression);
  });
  const group = node.type !== 'path' && node.group ? compileGroup(node.group, compileExpression) : undefined;
  const keepsArray = node.keepArray === true;
  return (input, frame) => {
    let result = core(input, frame);
    for (const filter of predicates) result = filter(result, frame);
    if (group) result = group(result, frame);
    frame.guard.step(result);
    if (!isSequence(result)) return result;
    if (keepsArray) result.keepSingleton = true;
    if (result.length > 1) return result;
    return result.length === 0 ? undefined : result.keepSingleton ? result : result[0];
  };
}

function compileCore(node: AstNode): Evaluate {
  switch (node.type) {
    case 'path':
      return compilePath(node, compileExpression);
    case 'binary':
      return compileBinary(node, compileExpression);
    case 'unary':
      if (node.value === '[') return compileArray(node, compileExpression);
      return node.value === '{' ? compileObject(node, compileExpression) : compileNegation(node, compileExpression);
    case 'name':
      return (input) => lookup(input, node.value);
    case 'string':
    case 'number':
    case 'value':
      return () => node.value;
    case 'wildcard':
      return evaluateWildcard;
    case 'descendant':
      return evaluateDescendants;
    case 'condition':
      return compileCondition(node, compileExpression);
    case 'block':
      return compileBlock(node, compileExpression);
    case 'bind':
      return compileBind(node, compileExpression);
    case 'variable':
      return compileVariable(node);
    case 'regex':
      return compileRegex(node);
    case 'function':
      return compileCall(node, compileExpression);
    case 'lambda':
      return compileLambda(node, compileExpression);
    case 'apply':
      return compileApply(node, compileExpression);
    default:
      throw new NeedsInterpreter();
  }
}
