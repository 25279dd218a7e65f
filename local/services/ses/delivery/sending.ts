import type { MessageParts } from '../message/compose-message';
import type { RawMessage } from '../message/header-fields';
import type { Mailbox, MessageTag, TemplateContent } from '../model';

/** The names that IAM and the events know the four ways of sending by. */
export type SendOperation = 'SendEmail' | 'SendRawEmail' | 'SendTemplatedEmail' | 'SendBulkTemplatedEmail';

/** The addresses of a mail, as they were given. */
export interface Recipients {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
}

/** What the message is made of. */
export type SendingContent =
  | {
      readonly kind: 'composed';
      readonly parts: Pick<MessageParts, 'subject' | 'text' | 'html' | 'headers' | 'attachments'>;
    }
  | { readonly kind: 'raw'; readonly message: RawMessage }
  | {
      readonly kind: 'template';
      /** Absent: the template stands in the request. */
      readonly name?: string;
      readonly content?: TemplateContent;
      readonly data: Record<string, unknown>;
      readonly parts: Pick<MessageParts, 'headers' | 'attachments'>;
    };

/** A request to send one mail, read and checked. */
export interface Sending {
  readonly operation: SendOperation;
  readonly from: Mailbox;
  /** As it was given, its name included. */
  readonly fromText: string;
  /** Where bounces go, when it is not the sender. */
  readonly feedbackText?: string;
  /** Whom else a raw message says that it comes from. */
  readonly claimedSenders: readonly string[];
  /** The identity that the caller says it sends under. */
  readonly identityArn?: string;
  readonly recipients: Recipients;
  /** The bare addresses of all recipients. */
  readonly addresses: readonly string[];
  readonly replyTo: readonly string[];
  readonly configurationSetName?: string;
  readonly tags: readonly MessageTag[];
  readonly content: SendingContent;
}
