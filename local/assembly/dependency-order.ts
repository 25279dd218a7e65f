import { AssemblyError } from './assembly-error';

/** What each node needs first. Every node that is needed must itself be a key. */
export type DependencyGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** Nodes in an order in which each comes after all that it needs; otherwise in the order of the map's keys. */
export function dependencyOrder(graph: DependencyGraph): string[] {
  const ordered: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (node: string, path: readonly string[]) => {
    if (state.get(node) === 'done') return;
    if (state.get(node) === 'open') throw circular([...path.slice(path.indexOf(node)), node]);
    state.set(node, 'open');
    for (const dependency of graph.get(node) ?? []) visit(dependency, [...path, node]);
    state.set(node, 'done');
    ordered.push(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return ordered;
}

function circular(cycle: string[]): AssemblyError {
  const nodes = [...new Set(cycle)].sort();
  return new AssemblyError(
    `Circular dependency between resources: [${nodes.join(', ')}] (each needs the next: ${cycle.join(' -> ')})`,
  );
}
