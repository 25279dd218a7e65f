import type { CustomerWords } from './customer-words';

/** A mail to a customer. */
export interface CustomerMail extends CustomerWords {
  readonly to: string;
  readonly eventId: string;
  readonly type: string;
  /** Leads from the mail to the logs. */
  readonly correlationId?: string;
}

/** The port to mail. */
export interface CustomerMailer {
  /** Sends one mail, tried once; gives the provider's id. Throws MailRefused for good, and MailNotTaken. */
  send(mail: CustomerMail): Promise<string>;
}
