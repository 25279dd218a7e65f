/** An execution as Step Functions describes it. */
export interface KnownExecution {
  readonly executionArn: string;
  /** `RUNNING`, or how it ended. */
  readonly status: string;
  /** Milliseconds since the Unix epoch; absent while it runs. */
  readonly stoppedAt?: number;
}

/** The port to the executions of orders and of their undos. Step Functions answers its questions a moment late. */
export interface OrderExecutions {
  /** The orders of which an execution runs. */
  running(): Promise<ReadonlySet<string>>;
  /** The orders of which an execution failed, timed out or was aborted that began at `since` or later (milliseconds). */
  died(since: number): AsyncIterable<string>;
  /** The order's own execution (attempt 0) or its n-th undo; undefined when there is none, or none within 90 days. */
  find(orderId: string, undoAttempt: number): Promise<KnownExecution | undefined>;
}
