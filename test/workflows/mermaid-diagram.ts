import { innerMachines, type State, type WorkflowDefinition } from '../../lib/constructs/workflow-definition';

/** The diagrams of a README. */
const FENCES = /```mermaid\n[\s\S]*?```/g;

/**
 * A definition as a mermaid state diagram; what a Map runs for each item stands within it. Arrows of a Catch are labelled
 * with its error, States.ALL as `any error`; those of a Choice with its place, or `else`.
 */
export function mermaidDiagram(definition: WorkflowDefinition): string {
  return ['```mermaid', 'stateDiagram-v2', ...graphOf(definition, '  '), '```'].join('\n');
}

/** The text of a README with its diagrams replaced, in their order. Throws an Error when it has another number of them. */
export function withDiagrams(readme: string, ...diagrams: readonly string[]): string {
  const found = readme.match(FENCES)?.length ?? 0;
  if (found !== diagrams.length) throw new Error(`The README has ${found} mermaid diagrams, not ${diagrams.length}.`);
  const waiting = [...diagrams];
  return readme.replace(FENCES, () => waiting.shift() as string);
}

function graphOf(definition: WorkflowDefinition, indent: string): string[] {
  const arrows = Object.entries(definition.States).flatMap(([name, state]) => [
    ...innerGraphs(name, innerMachines(state), indent),
    ...arrowsOf(name, state).map((arrow) => indent + arrow),
  ]);
  return [`${indent}[*] --> ${definition.StartAt}`, ...arrows];
}

/** What runs within a state; the branches of a Parallel stand beside each other. */
function innerGraphs(name: string, machines: readonly WorkflowDefinition[], indent: string): string[] {
  if (machines.length === 0) return [];
  const graphs = machines.map((machine) => graphOf(machine, `${indent}  `));
  const divided = graphs.flatMap((graph, index) => (index === 0 ? graph : [`${indent}  --`, ...graph]));
  return [`${indent}state ${name} {`, ...divided, `${indent}}`];
}

function arrowsOf(name: string, state: State): string[] {
  const arrow = (to: string, label?: string) => `${name} --> ${to}${label ? `: ${label}` : ''}`;
  const choices = (state.Choices ?? []).map((choice, index) => arrow(choice.Next, `${index + 1}.`));
  const catches = (state.Catch ?? []).map(({ ErrorEquals, Next }) =>
    arrow(Next, ErrorEquals[0] === 'States.ALL' ? 'any error' : ErrorEquals[0]?.split('.').at(-1)),
  );
  const isEnd = state.End === true || state.Type === 'Succeed' || state.Type === 'Fail';
  return [
    ...(state.Next ? [arrow(state.Next)] : []),
    ...choices,
    ...(state.Default ? [arrow(state.Default, 'else')] : []),
    ...catches,
    ...(isEnd ? [arrow('[*]')] : []),
  ];
}
