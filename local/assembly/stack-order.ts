import type { AssemblyStack } from './assembly';
import { AssemblyError } from './assembly-error';
import { dependencyOrder } from './dependency-order';

/** Stacks in an order in which each comes after those it depends on. Throws AssemblyError for a stack of no assembly. */
export function orderStacks(stacks: readonly AssemblyStack[]): AssemblyStack[] {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  for (const { id, dependencies } of stacks) {
    const missing = dependencies.find((dependency) => !byId.has(dependency));
    if (missing) throw new AssemblyError(`stack ${id} depends on ${missing}, which the assembly does not have`);
  }
  const graph = new Map(stacks.map((stack) => [stack.id, new Set(stack.dependencies)]));
  return dependencyOrder(graph).map((id) => byId.get(id)!);
}
