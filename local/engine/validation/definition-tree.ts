/**
 * A definition as validation sees it: parsed JSON of which nothing is taken for granted, cut into scopes (the machine,
 * branches, item processors) and states, each with its place.
 */
import { isJsonata, type QueryLanguage } from './query-language';

/** An object of the definition, unchecked. */
export type Fields = Readonly<Record<string, unknown>>;

/** One state. */
export interface StateNode {
  readonly name: string;
  readonly fields: Fields;
  readonly location: string;
  readonly language: QueryLanguage;
}

/** A set of states among which transitions are made. */
export interface Scope {
  readonly kind: 'machine' | 'branch' | 'processor';
  readonly fields: Fields;
  /** Empty for the machine. */
  readonly location: string;
  /** Whether the states run in an Express execution: the machine's own, or one of a distributed Map's children. */
  readonly isExpress: boolean;
  readonly states: readonly StateNode[];
}

/** True for JSON objects. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The machine and everything in it, the outer scopes first. */
export function scopesOf(definition: Fields, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): Scope[] {
  const scopes: Scope[] = [];
  const machineLanguage: QueryLanguage = isJsonata(definition.QueryLanguage) ? 'JSONata' : 'JSONPath';
  const visit = (kind: Scope['kind'], fields: Fields, location: string, isExpress: boolean) => {
    const states = statesOf(fields, location, machineLanguage);
    scopes.push({ kind, fields, location, isExpress, states });
    for (const state of states) {
      const { Branches: branches, ItemProcessor: processor, Iterator: iterator } = state.fields;
      if (Array.isArray(branches)) {
        branches.forEach((branch, index) => {
          if (isFields(branch)) visit('branch', branch, `${state.location}/Branches[${index}]`, isExpress);
        });
      }
      if (isFields(processor)) {
        visit('processor', processor, `${state.location}/ItemProcessor`, isExpress || hasExpressChildren(processor));
      }
      if (isFields(iterator)) visit('processor', iterator, `${state.location}/Iterator`, isExpress);
    }
  };
  visit('machine', definition, '', type === 'EXPRESS');
  return scopes;
}

function hasExpressChildren({ ProcessorConfig: config }: Fields): boolean {
  return isFields(config) && config.Mode === 'DISTRIBUTED' && config.ExecutionType === 'EXPRESS';
}

function statesOf(fields: Fields, location: string, machineLanguage: QueryLanguage): StateNode[] {
  if (!isFields(fields.States)) return [];
  return Object.entries(fields.States).flatMap(([name, state]) => {
    if (!isFields(state)) return [];
    const language =
      state.QueryLanguage === undefined ? machineLanguage : isJsonata(state.QueryLanguage) ? 'JSONata' : 'JSONPath';
    return [{ name, fields: state, location: `${location}/States/${name}`, language } as StateNode];
  });
}
