/** One act as the audit table of the approvals keeps it. */
export interface AuditRow {
  readonly requestId: string;
  /** 1 for the first act of a request. */
  readonly seq: number;
  /** The hash of the row before; of the request's id in the first row. */
  readonly previousHash: string;
  /** The hash of this row's other members. */
  readonly hash: string;
}

/** Where a chain ends, as the request's own row says. */
export interface ChainEnd {
  readonly count: number;
  readonly head: string;
}

/** The first thing that is wrong with a chain. */
export interface Break {
  readonly requestId: string;
  /** The row that was changed, is missing, or stands where none should. */
  readonly seq: number;
  readonly what: string;
}
