/** A request for approval, as far as a watcher may see it; moments are milliseconds since the epoch. */
export interface AskedRequest {
  readonly requestId: string;
  readonly openedAt: number;
  /** The ARN of the execution that asked, if it was named. */
  readonly askedBy?: string;
  readonly decidedAt?: number;
  /** How many acts its audit trail has, and the hash of the last. */
  readonly auditCount?: number;
  readonly auditHead?: string;
}

/** How a request stands; all but `pending` are ends. */
export const ENDED = ['approved', 'rejected', 'expired', 'revoked'] as const;

/** How a request stands. */
export type RequestStatus = 'pending' | (typeof ENDED)[number];

/** The port to requests for approval, without what they ask for. */
export interface AskedRequests {
  /** When the oldest pending request was opened; undefined when none is pending. */
  oldestPending(): Promise<number | undefined>;
  /**
   * Requests of a status that were opened within a span, the latest first, `most` at most; `isComplete` is false when there
   * are more.
   */
  opened(query: {
    readonly status: RequestStatus;
    readonly from: number;
    readonly to: number;
    readonly most: number;
  }): Promise<{ readonly requests: readonly AskedRequest[]; readonly isComplete: boolean }>;
  /** Whether the audit trail has as many rows as the request says, and the last of them its hash. */
  isAuditWhole(request: AskedRequest): Promise<boolean>;
}
