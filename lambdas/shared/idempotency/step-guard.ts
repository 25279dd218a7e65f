/** A step that may run at most once to its end. */
export interface GuardedStep {
  /** Identifies the step for ever, such as `ChargePayment#order-1`. */
  readonly key: string;
  /** A hash of what the step was asked; the same key with another one is refused with KeyReused. */
  readonly contentHash?: string;
  /** How long the result is remembered, in seconds; 90 days when absent, as long as an execution's name. */
  readonly retentionSeconds?: number;
  /** Undoes the step's own effect when it finds, having finished, that its undo has overtaken it. */
  undo?(): Promise<unknown>;
}

/** What a step knows when it runs. */
export interface Attempt {
  /** True when an earlier attempt began and left no result: its effect may have landed, so look before acting. */
  readonly isRetry: boolean;
}

/** Runs steps once, and stops them for good. */
export interface StepGuard {
  /**
   * Runs `step` unless it has finished before, in which case it gives that result.
   * Throws StepFenced (undone before or meanwhile), KeyReused, StepSuperseded, StepInProgress
   * (another invocation is at it and its deadline has not passed), or what `run` throws.
   */
  once<T>(
    step: GuardedStep,
    invocation: { getRemainingTimeInMillis(): number },
    run: (attempt: Attempt) => Promise<T>,
  ): Promise<T>;
  /** Stops the step of this key for 90 days, whether it has run, is running or was never begun. */
  fence(key: string): Promise<void>;
}

/** Ninety days: how long Step Functions keeps an execution's name, so how long an old message can still do harm. */
export const NINETY_DAYS_SECONDS = 90 * 24 * 60 * 60;
