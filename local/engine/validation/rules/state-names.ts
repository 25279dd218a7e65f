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
    if ([...name].length > LONGEST_NAME || name === '') {
      found.push(
        errorOf('INVALID_STATE_NAME', `State name must have 1 to ${LONGEST_NAME} characters: ${name}`, location),
      );
    }
  }
  return found;
}
