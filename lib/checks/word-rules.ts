import { placeholders, type WorkflowDefinition } from '../constructs/workflow-definition';
import type { Finding } from './finding';
import { nestedMachines } from './nested-machines';

/** Refuses placeholders without a value, values without a placeholder, and states that are not named like their function. */
export function wordFindings(definition: WorkflowDefinition, substitutions: readonly string[]): Finding[] {
  const named = placeholders(definition);
  const missing = named
    .filter((name) => !substitutions.includes(name))
    .map((subject) => ({
      rule: 'substitution-missing',
      subject,
      message: `The definition waits for \${${subject}}, which nobody gives.`,
      fix: 'Add it to the substitutions of the state machine.',
    }));
  const unused = substitutions
    .filter((name) => !named.includes(name))
    .map((subject) => ({
      rule: 'substitution-unused',
      subject,
      message: `The substitution ${subject} stands nowhere in the definition.`,
      fix: 'Remove it, or correct the word in the definition.',
    }));
  return [...missing, ...unused, ...nestedMachines(definition).flatMap(({ machine }) => misnamedStates(machine))];
}

function misnamedStates(machine: WorkflowDefinition): Finding[] {
  return Object.entries(machine.States).flatMap(([subject, state]) => {
    const target = (state.Arguments ?? state.Parameters) as { FunctionName?: unknown } | undefined;
    const word = /^\$\{(\w+)\}$/.exec(String(target?.FunctionName ?? ''))?.[1];
    if (word === undefined || word === subject) return [];
    return [
      {
        rule: 'one-word',
        subject,
        message: `${subject} invokes \${${word}}: a state and its function have one name.`,
        fix: `Call the state ${word}, or the placeholder ${subject}.`,
      },
    ];
  });
}
