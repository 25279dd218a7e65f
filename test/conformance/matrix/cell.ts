import type { Fields } from '../../../local/engine/validation/definition-tree';
import { scopesOf } from '../../../local/engine/validation/definition-tree';

/** A query language. */
export type Language = 'JSONPath' | 'JSONata';

/** One place of the matrix; `outcome` is an error name, or `works`. */
export interface Cell {
  readonly type: string;
  readonly language: Language;
  readonly field: string;
  readonly outcome: string;
}

/** `Pass JSONPath InputPath States.Runtime`. */
export function cellName({ type, language, field, outcome }: Cell): string {
  return `${type} ${language} ${field} ${outcome}`;
}

/** Reads what {@link cellName} writes; throws for anything else. */
export function readCell(name: string): Cell {
  const [type, language, field, outcome, ...more] = name.split(' ');
  if (!outcome || more.length > 0 || (language !== 'JSONPath' && language !== 'JSONata')) {
    throw new Error(`'${name}' is no cell: write TYPE LANGUAGE FIELD OUTCOME.`);
  }
  return { type: type!, language, field: field!, outcome };
}

/** The fields that a definition's states have, as `Pass JSONPath InputPath`. */
export function fieldsIn(definition: Fields): Set<string> {
  const found = new Set<string>();
  for (const { fields, language } of scopesOf(definition).flatMap((scope) => scope.states)) {
    for (const field of Object.keys(fields)) found.add(`${fields.Type} ${language} ${field}`);
  }
  return found;
}
