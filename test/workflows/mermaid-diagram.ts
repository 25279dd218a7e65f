import type { State, WorkflowDefinition } from '../../lib/constructs/workflow-definition';

/** What stands before and after the diagram in a README. */
const FENCE = /```mermaid\n[\s\S]*?```/;

/**
 * A definition as a mermaid state diagram. Arrows
 * of a Catch are labelled with its error, States.ALL as `any error`; those of a Choice with its place, or `else`.
 */
export function mermaidDiagram(definition: WorkflowDefinition): string {
  const arrows = Object.entries(definition.States).flatMap(([name, state]) => arrowsOf(name, state));
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${definition.StartAt}`, ...arrows, '```'].join('\n');
}

/** The text of a README with its diagram replaced. Throws an Error when it has none. */
export function withDiagram(readme: string, diagram: string): string {
  if (!FENCE.test(readme)) throw new Error('The README has no mermaid diagram to replace.');
  return readme.replace(FENCE, () => diagram);
}

function arrowsOf(name: string, state: State): string[] {
  const arrow = (to: string, label?: string) => `  ${name} --> ${to}${label ? `: ${label}` : ''}`;
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
