import type { ReadableMessage } from '../message/read-message';
import type { Inbox, Mail } from './inbox';

/** A mail in the list. Times are ISO 8601; `to`, `cc` and `bcc` as they were given. */
export function summaryJson(inbox: Inbox, mail: Mail) {
  return {
    id: mail.id,
    sentAt: new Date(mail.sentAtMs).toISOString(),
    from: mail.from,
    to: mail.recipients.to,
    cc: mail.recipients.cc,
    bcc: mail.recipients.bcc,
    subject: mail.subject,
    tags: Object.fromEntries(mail.tags.map(({ Name, Value }) => [Name, Value])),
    configurationSetName: mail.configurationSetName,
    outcomes: Object.fromEntries([...mail.outcomes].map(([address, { kind }]) => [address, kind])),
    hasHtml: mail.hasHtml,
    attachments: mail.attachmentNames,
    isUnread: inbox.isUnread(mail),
  };
}

/** One mail with its parts. */
export function mailJson(inbox: Inbox, mail: Mail, message: ReadableMessage) {
  return {
    ...summaryJson(inbox, mail),
    html: message.html,
    text: message.text,
    headers: message.headers,
    attachments: message.attachments.map(({ fileName, contentType, content }) => ({
      fileName,
      contentType,
      sizeBytes: content.length,
    })),
  };
}
