import { NamedError } from '../named-error';

/** The same idempotency key came with other content. Never retried. */
export class KeyReused extends NamedError {
  override readonly name = 'KeyReused';

  constructor(stepKey: string) {
    super(`${stepKey} was used before with other content; use a new key for a new request.`);
  }
}
