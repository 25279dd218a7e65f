/** An execution of a Standard machine; moments are milliseconds since the epoch. */
export interface RunningExecution {
  readonly arn: string;
  readonly startedAt: number;
}

/** The latest that an execution's history says. */
export interface LatestMove {
  readonly at: number;
  /** The state that it is in. */
  readonly state: string;
}

/** The port to executions. Step Functions answers a moment late. */
export interface Executions {
  /** Those of a machine that run, the oldest first; `isComplete` is false when there are more than were listed. */
  running(
    machineArn: string,
  ): Promise<{ readonly executions: readonly RunningExecution[]; readonly isComplete: boolean }>;
  /** Undefined when the history has no state yet. Needs a history that may be read. */
  latestMove(executionArn: string): Promise<LatestMove | undefined>;
  /** The definition that an execution runs by. */
  definition(executionArn: string): Promise<unknown>;
  /** Names of some executions of a machine that succeeded between two moments. */
  succeeded(machineArn: string, from: number, to: number): Promise<readonly string[]>;
}
