/** Owns all state of the parameter store: parameters by name. What is changed is told to the journal in the same call. */
import type { Journal, JournalCollection } from '../../kernel/journal';
import type { Parameter, ParameterVersion } from './model';

/** The state of the parameter store. */
export class ParameterStore {
  private readonly parameters = new Map<string, Parameter>();
  private readonly records: JournalCollection<Parameter>;

  constructor(journal: Journal) {
    this.records = journal.collection('ssm.parameters');
    for (const [name, parameter] of this.records.restored()) this.parameters.set(name, parameter);
  }

  find(name: string): Parameter | undefined {
    return this.parameters.get(name);
  }

  /** All parameters in order of name. */
  all(): Parameter[] {
    return [...this.parameters.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  put(parameter: Parameter): void {
    this.parameters.set(parameter.name, parameter);
    this.records.put(parameter.name, parameter);
  }

  remove(name: string): void {
    this.parameters.delete(name);
    this.records.delete(name);
  }
}

/** The version that a parameter has when nobody asks for another one. */
export function latest({ versions }: Parameter): ParameterVersion {
  return versions.at(-1)!;
}
