import { KeyReused } from '../../shared/idempotency/key-reused';
import { InvalidInput } from '../../shared/validation/invalid-input';

/** Rethrows a failure; a step that comes again with other content becomes InvalidInput, which no workflow retries. */
export function refuseKeyReuse(error: unknown): never {
  throw error instanceof KeyReused ? new InvalidInput(error.message) : error;
}
