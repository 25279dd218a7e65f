import { NamedError } from '../../../shared/named-error';

/** An address did not answer, or asked to be asked later. The stage is tried again. */
export class AddressUnavailable extends NamedError {
  override readonly name = 'AddressUnavailable';
}
