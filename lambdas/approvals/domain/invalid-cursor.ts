import { NamedError } from '../../shared/named-error';

/** A cursor that no page of this list gave. */
export class InvalidCursor extends NamedError {
  override readonly name = 'InvalidCursor';
}
