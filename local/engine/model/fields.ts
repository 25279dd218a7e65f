import { pathField } from '../data/path-field';
import { compileJsonata, isJsonataText } from '../data/template';
import type { JsonObject } from './json';
import type { NumberField, TextField } from './machine';

/** Compiles `Name` (a number or a JSONata expression) or `NamePath`. */
export function numberField(definition: JsonObject, name: string): NumberField | undefined {
  const value = definition[name];
  if (typeof value === 'number') return { kind: 'literal', value };
  if (value !== undefined && isJsonataText(value)) {
    return { kind: 'expression', field: name, expression: compileJsonata(value) };
  }
  const path = pathField(definition[`${name}Path`]);
  return path ? { kind: 'path', field: `${name}Path`, path } : undefined;
}

/** Compiles `Name` (a text or a JSONata expression) or `NamePath`. */
export function textField(definition: JsonObject, name: string): TextField | undefined {
  const value = definition[name];
  if (value !== undefined && isJsonataText(value)) {
    return { kind: 'expression', field: name, expression: compileJsonata(value) };
  }
  if (typeof value === 'string') return { kind: 'literal', value };
  const path = pathField(definition[`${name}Path`]);
  return path ? { kind: 'path', field: `${name}Path`, path } : undefined;
}
