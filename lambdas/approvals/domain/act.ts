/** What is recorded in the audit trail, one row per act. */
export type ActName =
  | 'RequestOpened'
  /** The requester stood among the approvers or contacts and was left out. */
  | 'RequesterExcluded'
  /** The asking state tried again: its new task token replaces the old one. */
  | 'AskedAgain'
  | 'Approved'
  | 'Rejected'
  /** The request has its end; `status` says which. */
  | 'Decided'
  /** An answer was not taken because the payload was not what the person saw, or not what its hash says. */
  | 'DecisionRefused'
  | 'Delegated'
  | 'Reassigned'
  | 'Reminded'
  | 'Escalated'
  | 'MailUndeliverable'
  | 'LinkClosed'
  | 'MailSent'
  | 'MailRefused'
  | 'CallbackDelivered'
  /** The workflow's task no longer waits, or an earlier delivery's answer was lost. */
  | 'CallbackNotTaken'
  /** Whoever was to act on the decision found another payload and did nothing. */
  | 'ActionRefused';

/** Facts of an act; never a task token, a link or a code. */
export type ActDetails = Readonly<Record<string, string | number | boolean>>;

/** Something that happened to a request. */
export interface Act {
  readonly act: ActName;
  /** A person's address, an operator's ARN, `workflow`, `mail` or `clock`. */
  readonly actor: string;
  readonly details: ActDetails;
}
