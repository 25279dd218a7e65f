import { NamedError } from '../named-error';

/** The payload of a task or function does not have the shape that it takes. Never retried. */
export class InvalidInput extends NamedError {
  override readonly name = 'InvalidInput';
}
