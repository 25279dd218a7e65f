/** What a handler needs to know of its invocation; a part of Lambda's context object. */
export interface Invocation {
  /** Identifies the invocation; the same on Lambda's own retries of an asynchronous one. */
  readonly awsRequestId: string;
  /** Milliseconds until Lambda ends the invocation. */
  getRemainingTimeInMillis(): number;
}
