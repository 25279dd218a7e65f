/** What a mail is about. */
export type MailKind =
  /** To an approver whose turn it is: link and code. */
  | 'ask'
  | 'reminder'
  /** To somebody who was added because nobody answered or a mail bounced: link and code. */
  | 'escalation'
  /** To somebody to whom the request was handed on: link and code. */
  | 'delegated'
  /** To an approver whose link was closed after five wrong codes: no link. */
  | 'link-closed'
  /** To the requester: asked, with a link to follow and revoke it. */
  | 'opened'
  /** To the requester and to those who were asked: how it ended; no link. */
  | 'outcome';

/**
 * Something to be done outside the table. It stands in the request's row from the write that caused it until it has been
 * done; it may be done twice.
 */
export type Effect =
  | { readonly id: string; readonly kind: 'mail'; readonly mail: MailKind; readonly to: string }
  /** Tell the workflow what was decided. */
  | { readonly id: string; readonly kind: 'callback' }
  /** Wake the request at `at`: reminders, escalation, expiry. */
  | { readonly id: string; readonly kind: 'wake'; readonly at: number };
