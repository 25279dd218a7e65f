import { NamedError } from '../../shared/named-error';

/** What can be wrong with a message for good. */
export type RejectionName =
  | 'MalformedMessage'
  | 'UnknownVersion'
  | 'InvalidAsk'
  | 'RequestKeyReused'
  | 'UnknownRequest';

/** A message that no retry makes right; it goes to the dead-letter queue with its reason. */
export class RejectedMessage extends NamedError {
  constructor(
    override readonly name: RejectionName,
    message: string,
    /** Whose task is to be failed: somebody waits for an answer that this message will never bring. */
    readonly waiting?: { readonly taskToken: string; readonly requestId?: string },
  ) {
    super(message);
  }
}
