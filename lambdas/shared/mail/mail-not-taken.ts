import { NamedError } from '../named-error';

/** Words of SES that say that it has not taken the mail; after any other, or none, it may have. */
const NOT_TAKEN = new Set([
  'AccessDeniedException',
  'AccountSuspendedException',
  'LimitExceededException',
  'MailFromDomainNotVerifiedException',
  'MessageRejected',
  'NotFoundException',
  'SendingPausedException',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/** SES did not say that it took a mail. Its message names no address. */
export class MailNotTaken extends NamedError {
  override readonly name = 'MailNotTaken';
  /** Whether SES may have taken it all the same. */
  readonly mayHaveLanded: boolean;

  /** `reason` is the name of SES's or the client's error. */
  constructor(reason: string) {
    super(`SES did not take the mail: ${reason}.`);
    this.mayHaveLanded = !NOT_TAKEN.has(reason);
  }
}
