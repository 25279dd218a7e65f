import { NamedError } from '../named-error';

/** A mail that will never be accepted, however often it is sent. Its message names no address. */
export class MailRefused extends NamedError {
  override readonly name = 'MailRefused';
}
