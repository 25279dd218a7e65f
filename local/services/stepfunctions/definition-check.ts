import { validateDefinition } from '../../engine/validation/validate-definition';
import { invalidDefinition } from './faults';
import type { MachineType } from './model';

/** Throws InvalidDefinition with every error, as CreateStateMachine and UpdateStateMachine word them. */
export function checkDefinition(definition: string, type: MachineType): void {
  const errors = validateDefinition(definition, type).filter((found) => found.severity === 'ERROR');
  if (errors.length === 0) return;
  throw invalidDefinition(
    errors.map(({ code, message, location }) => `${code}: ${message} at ${location ?? null}`).join(', '),
  );
}
