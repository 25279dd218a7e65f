import { readFileSync } from 'node:fs';

/** A state of a definition, as far as its graph is concerned; everything else passes through untouched. */
export interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string; readonly Condition?: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly [field: string]: unknown;
}

/** An Amazon States Language definition as JSON. */
export interface WorkflowDefinition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly [field: string]: unknown;
}

/** Reads a definition file, which is valid JSON before its placeholders are substituted. Throws an Error that names the file. */
export function readDefinition(file: string): WorkflowDefinition {
  let definition: WorkflowDefinition;
  try {
    definition = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`The definition ${file} cannot be read: ${(error as Error).message}. It must be valid JSON.`);
  }
  if (!definition.StartAt || !definition.States) throw new Error(`The definition ${file} has no StartAt or no States.`);
  return definition;
}

/** The graphs of states within a state: the branches of a Parallel, or what a Map runs for each item. */
export function innerMachines(state: State): WorkflowDefinition[] {
  return [state.ItemProcessor, state.Iterator, ...((state.Branches as unknown[]) ?? [])].filter(
    (child): child is WorkflowDefinition => typeof child === 'object' && child !== null && 'States' in child,
  );
}

/** All states of a definition, those within its Map and Parallel states too, with their names. */
export function allStates(definition: WorkflowDefinition): [string, State][] {
  return Object.entries(definition.States).flatMap(([name, state]) => [
    [name, state] as [string, State],
    ...innerMachines(state).flatMap(allStates),
  ]);
}

/** Whether a state starts an execution of its own for each item, or each batch of them. */
export function isDistributedMap(state: State): boolean {
  const { ProcessorConfig } = (state.ItemProcessor ?? {}) as { ProcessorConfig?: { readonly Mode?: unknown } };
  return state.Type === 'Map' && ProcessorConfig?.Mode === 'DISTRIBUTED';
}

/** The states that can follow a state: by Next, Default, a choice, or a Catch. */
export function successors(state: State): string[] {
  const next = [state.Next, state.Default].filter((name): name is string => name !== undefined);
  const choices = (state.Choices ?? []).map((choice) => choice.Next);
  const catches = (state.Catch ?? []).map((catcher) => catcher.Next);
  return [...new Set([...next, ...choices, ...catches])];
}

/** The names of the states that can be reached from one, itself included, `without` passing through certain others. */
export function reachable(definition: WorkflowDefinition, from: string, without: ReadonlySet<string> = new Set()) {
  const seen = new Set<string>();
  const waiting = [from];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const state = definition.States[name];
    if (!state || seen.has(name) || without.has(name)) continue;
    seen.add(name);
    waiting.push(...successors(state));
  }
  return seen;
}

/** The same definition from another state on, without the states that can no longer be reached. Throws for an unknown state. */
export function startingAt(definition: WorkflowDefinition, startAt: string): WorkflowDefinition {
  if (!definition.States[startAt]) {
    const known = Object.keys(definition.States).join(', ');
    throw new Error(`The definition cannot start at '${startAt}': it has the states ${known}.`);
  }
  const kept = reachable(definition, startAt);
  const states = Object.entries(definition.States).filter(([name]) => kept.has(name));
  return { ...definition, StartAt: startAt, States: Object.fromEntries(states) };
}

/** The names in `${…}` that the text of a definition waits for, sorted. */
export function placeholders(definition: WorkflowDefinition): string[] {
  const names = [...JSON.stringify(definition).matchAll(/\$\{([A-Za-z0-9]+)\}/g)].map((match) => match[1] as string);
  return [...new Set(names)].sort();
}

/**
 * A value as text that may take a placeholder's place within a JSONata expression of a definition. Throws for a text with
 * an apostrophe or something that JSON escapes: neither survives on its way through the template for certain.
 */
export function asExpression(value: unknown): string {
  const json = JSON.stringify(value);
  if (/['\\]/.test(json)) {
    throw new Error(
      `${json} cannot stand in a definition: it has an apostrophe, a backslash or a quote within a text.`,
    );
  }
  return json.replaceAll('"', "'");
}
