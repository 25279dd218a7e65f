import { NamedError } from '../../shared/named-error';

/** What can be wrong with a message for good. */
export type RejectionName =
  | 'MalformedMessage'
  | 'InvalidOrder'
  | 'UnknownVersion'
  | 'UnknownProduct'
  | 'QuantityTooLarge'
  | 'OrderTooLarge'
  | 'StartRefused';

/** A message that no retry makes right; it goes to the dead-letter queue with its reason. */
export class RejectedMessage extends NamedError {
  constructor(
    override readonly name: RejectionName,
    message: string,
  ) {
    super(message);
  }
}
