import type { MailKind } from './effect';
import type { RequestView } from './page-service';

/** A mail about a request, before it is put into words. */
export interface ApprovalMail {
  readonly kind: MailKind;
  /** The address, in lower case. */
  readonly to: string;
  readonly request: RequestView;
  /** With `ask`, `reminder`, `escalation`, `delegated`, `opened`. `code` has six digits. */
  readonly link?: { readonly url: string; readonly code: string };
}

/** Sends mails. Rejects when the mail was not accepted; throws MailRefused when it never will be. */
export interface Mailer {
  send(mail: ApprovalMail): Promise<void>;
}
