import { compileFilter } from './filter';
import { compileGroup } from './group';
import { type AstNode, type CompileNode, type Evaluate, NeedsInterpreter } from './node';
import { compileSort } from './sort';
import { isSequence, type Sequence, sequenceOf } from './values';

/** A step of a path: what it makes of the items so far. */
type Step = (items: unknown[], frame: Parameters<Evaluate>[1], isLast: boolean) => unknown;

/** Compiles a path: each step is evaluated for each item that the former one found. */
export function compilePath(node: AstNode, compile: CompileNode): Evaluate {
  const nodes = node.steps as AstNode[];
  if (nodes.some((step) => step.tuple || step.focus || step.index || step.ancestor || step.type === 'parent')) {
    throw new NeedsInterpreter();
  }
  const steps = nodes.map((step) => compileStep(step, compile));
  const first = nodes[0]!;
  const firstWhole = first.consarray ? compile(first) : undefined;
  const group = node.group ? compileGroup(node.group, compile) : undefined;
  const generic: Evaluate = (input, frame) => {
    let items: unknown = Array.isArray(input) && first.type !== 'variable' ? input : sequenceOf(input);
    for (let i = 0; i < steps.length; i++) {
      const isFirstWhole = i === 0 && firstWhole !== undefined;
      items = isFirstWhole ? firstWhole(items, frame) : steps[i]!(items as unknown[], frame, i === steps.length - 1);
      if (items === undefined || (items as unknown[]).length === 0) break;
    }
    if (node.keepSingletonArray) items = keepSingleton(items);
    return group ? group(items, frame) : items;
  };
  const names = plainNames(node, nodes);
  return names ? direct(compile(first), names, generic) : generic;
}

function keepSingleton(items: unknown): unknown {
  if (!Array.isArray(items)) throw new NeedsInterpreter();
  const sequence = items as Sequence;
  const kept: Sequence =
    sequence.cons && !sequence.sequence ? sequenceOf(items) : isSequence(items) ? items : items.slice();
  kept.keepSingleton = true;
  return kept;
}

/** The names of a path such as `$states.input.order.id`, or undefined for another kind of path. */
function plainNames(node: AstNode, nodes: AstNode[]): string[] | undefined {
  if (node.group || node.keepSingletonArray || nodes[0]!.type !== 'variable' || nodes[0]!.stages) return undefined;
  const rest = nodes.slice(1);
  const isPlain = rest.every((step) => step.type === 'name' && !step.stages && !step.predicate && !step.keepArray);
  return isPlain ? rest.map((step) => String(step.value)) : undefined;
}

/** Walks such a path straight from member to member, as long as no array asks for the general way. */
function direct(start: Evaluate, names: string[], generic: Evaluate): Evaluate {
  return (input, frame) => {
    let value = start(input, frame);
    for (const name of names) {
      if (Array.isArray(value)) return generic(input, frame);
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
      value = (value as Record<string, unknown>)[name];
    }
    return isSequence(value) ? generic(input, frame) : value;
  };
}

function compileStep(node: AstNode, compile: CompileNode): Step {
  const stages = ((node.stages ?? []) as AstNode[]).map((stage) => {
    if (stage.type !== 'filter') throw new NeedsInterpreter();
    return compileFilter(stage.expr, compile);
  });
  if (node.type === 'sort') {
    const sort = compileSort(node, compile);
    return (items, frame) => stages.reduce<unknown>((value, stage) => stage(value, frame), sort(items, frame));
  }
  const evaluate = compile(node);
  return (items, frame, isLast) => {
    const results: unknown[] = [];
    for (const item of items) {
      let result = evaluate(item, frame);
      for (const stage of stages) result = stage(result, frame);
      if (result !== undefined) results.push(result);
    }
    const only = results[0];
    if (isLast && results.length === 1 && Array.isArray(only) && !isSequence(only)) return only;
    return flattened(results);
  };
}

function flattened(results: unknown[]): Sequence {
  const sequence = sequenceOf();
  for (const result of results) {
    if (!Array.isArray(result) || (result as Sequence).cons) sequence.push(result);
    else for (const item of result) sequence.push(item);
  }
  return sequence;
}
