import { readValue } from '../attribute-value';
import { validationError } from '../faults';
import type { AttributeValue, Item } from '../model';
import type { DocumentPath } from './document-path';
import type { PathSyntax, ValueSyntax } from './syntax';

const NAME = /^#[0-9a-zA-Z_]+$/;
const VALUE = /^:[0-9a-zA-Z_]+$/;

/** ExpressionAttributeNames and ExpressionAttributeValues of a request, and which of them its expressions used. */
export class Placeholders {
  private readonly values: Item = {};
  private readonly used = new Set<string>();

  constructor(
    private readonly names: Readonly<Record<string, string>> | undefined,
    rawValues: Readonly<Record<string, unknown>> | undefined,
  ) {
    if (names) checkKeys('ExpressionAttributeNames', names, NAME);
    if (!rawValues) return;
    checkKeys('ExpressionAttributeValues', rawValues, VALUE);
    for (const key in rawValues) this.values[key] = readValue(rawValues[key]);
  }

  path(syntax: PathSyntax): DocumentPath {
    return syntax.steps.map((step) => {
      if ('name' in step) return step.name;
      if ('index' in step) return step.index;
      const name = this.names?.[step.placeholder];
      if (name === undefined) {
        throw validationError(
          `An expression attribute name used in the document path is not defined; attribute name: ${step.placeholder}`,
        );
      }
      this.used.add(step.placeholder);
      return name;
    });
  }

  value(syntax: ValueSyntax): AttributeValue {
    const value = this.values[syntax.placeholder];
    if (!value) {
      throw validationError(
        `An expression attribute value used in expression is not defined; attribute value: ${syntax.placeholder}`,
      );
    }
    this.used.add(syntax.placeholder);
    return value;
  }

  /** To be called when every expression of the request was bound. */
  refuseUnused(): void {
    for (const [parameter, given] of [
      ['ExpressionAttributeNames', this.names],
      ['ExpressionAttributeValues', this.values],
    ] as const) {
      const unused = Object.keys(given ?? {}).filter((key) => !this.used.has(key));
      if (unused.length === 0) continue;
      throw validationError(`Value provided in ${parameter} unused in expressions: keys: {${unused.join(', ')}}`);
    }
  }
}

function checkKeys(parameter: string, given: Readonly<Record<string, unknown>>, shape: RegExp): void {
  const keys = Object.keys(given);
  if (keys.length === 0) throw validationError(`${parameter} must not be empty`);
  for (const key of keys) {
    if (!shape.test(key)) throw validationError(`${parameter} contains invalid key: Syntax error; key: "${key}"`);
  }
}
