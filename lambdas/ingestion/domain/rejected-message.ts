import { NamedError } from '../../shared/named-error';

/** A message that no retry makes right; it goes to the dead-letter queue with its reason. */
export class RejectedMessage extends NamedError {
  constructor(
    override readonly name: 'MalformedMessage' | 'UnknownVersion' | 'ForeignObject' | 'StartRefused',
    message: string,
  ) {
    super(message);
  }
}
