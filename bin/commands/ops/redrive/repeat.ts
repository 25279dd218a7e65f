/** A state of a deployed definition, as far as repeating is concerned. */
export interface DeployedState {
  readonly Type: string;
  readonly Comment?: string;
  readonly ItemProcessor?: DeployedMachine & { readonly ProcessorConfig?: { readonly Mode?: string } };
  readonly Iterator?: DeployedMachine;
  readonly Branches?: readonly DeployedMachine[];
  readonly [field: string]: unknown;
}

/** A deployed definition, or a part of one. */
export interface DeployedMachine {
  readonly States: Readonly<Record<string, DeployedState>>;
}

/** What a Task declares at the end of its Comment: `Repeat: safe, WHY.` A check at synth sees that each does. */
export interface RepeatDeclaration {
  readonly isSafe: boolean;
  readonly why: string;
}

/** The declaration of a state; undefined when it makes none, as one that was deployed before there was a rule. */
export function repeatDeclaration({ Comment = '' }: DeployedState): RepeatDeclaration | undefined {
  const [, word, why] = /(?:^|\s)Repeat: (safe|unsafe), (\S.*)$/s.exec(Comment) ?? [];
  return why === undefined ? undefined : { isSafe: word === 'safe', why };
}

/** All states of a definition by their names, which are unique in it, those within its Map and Parallel states too. */
export function statesByName(machine: DeployedMachine): Map<string, DeployedState> {
  const found = new Map<string, DeployedState>();
  for (const [name, state] of Object.entries(machine.States)) {
    found.set(name, state);
    for (const inner of innerMachines(state)) for (const [child, its] of statesByName(inner)) found.set(child, its);
  }
  return found;
}

/** The graphs within a Map or Parallel state. */
export function innerMachines({ ItemProcessor, Iterator: iterator, Branches = [] }: DeployedState): DeployedMachine[] {
  return [ItemProcessor, iterator, ...Branches].filter((machine) => machine !== undefined);
}
