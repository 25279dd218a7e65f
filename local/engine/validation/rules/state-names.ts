import type { Scope } from '../definition-tree';
import { type Diagnostic, errorOf } from '../diagnostic';

const LONGEST_NAME = 80;

/** Names are unique in the whole machine, and have a length. */
export function stateNames(scopes: readonly Scope[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const { name, location } of scopes.flatMap((scope) => scope.states)) {
    if (seen.has(name)) found.push(errorOf('DUPLICATE_STATE_NAME', `Duplicate State name: ${name}`, location));
    seen.add(name);
    const reason =
      name === ''
        ? 'the state name is empty.'
        : [...name].length > LONGEST_NAME
          ? `the state name exceeds the ${LONGEST_NAME}-character limit allowed by the service.`
          : undefined;
    if (reason) found.push(errorOf('INVALID_STATE_NAME', `Invalid State name '${name}': ${reason}`, location));
  }
  return found;
}
