/**
 * Owns the invocations of targets: attempts with growing pauses until the retry policy is exhausted, then the dead-letter
 * queue. Every failure counts as one that may pass: AWS names no exception.
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html
 */
import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { sendToQueue } from '../../wire/send-to-queue';
import { type AttemptError, attemptError, deadLetter, type ExhaustedCondition } from './dead-letter';
import type { Invocation } from './model';
import type { SchedulerStore } from './store';
import { callTarget, SCHEDULER } from './target-call';
import { inputFor } from './target-input';

const DEFAULT_RETRIES = 185;
const DEFAULT_AGE_SECONDS = 86_400;
const FIRST_PAUSE_MS = 1_000;
/** Reached after ten attempts: 185 retries then fill about a day. */
const LONGEST_PAUSE_MS = 10 * 60_000;

/** What an invoker is told and tells. */
export interface InvokerWiring {
  readonly host: Host;
  readonly store: SchedulerStore;
  /** Asks for another attempt at a time. */
  again(invocation: Invocation, atMs: number): void;
  /** Told once an invocation has succeeded or was given up. */
  ended(invocation: Invocation): void;
  groupArn(groupName: string): string;
}

/** Invokes targets. */
export class Invoker {
  constructor(private readonly wiring: InvokerWiring) {}

  /** Makes one attempt. Never rejects. */
  async attempt(invocation: Invocation): Promise<void> {
    const { host, store } = this.wiring;
    store.invocations.countAttempt(invocation);
    this.count(invocation, 'InvocationAttemptCount');
    const input = inputFor(host, invocation);
    try {
      await callTarget(host, this.callerOf(invocation), invocation, input);
      this.end(invocation);
    } catch (error) {
      await this.failed(invocation, input, attemptError(error));
    }
  }

  private async failed(invocation: Invocation, input: string, error: AttemptError): Promise<void> {
    const isThrottled = /Throttl|TooManyRequests|LimitExceeded|OverLimit/.test(error.code);
    this.count(invocation, isThrottled ? 'TargetErrorThrottledCount' : 'TargetErrorCount');
    const { clock, random } = this.wiring.host.kernel;
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (invocation.attempts - 1), LONGEST_PAUSE_MS);
    const nextAtMs = clock.now() + Math.round(pauseMs * (0.5 + random.next() / 2));
    const exhausted = exhaustedCondition(invocation, nextAtMs);
    if (!exhausted) {
      if (invocation.attempts === 1) this.warn(invocation, `${error.message} (${error.code}); it is tried again`);
      this.wiring.again(invocation, nextAtMs);
      return;
    }
    this.count(invocation, 'InvocationDroppedCount');
    await this.giveUp(invocation, input, error, exhausted);
    this.end(invocation);
  }

  private async giveUp(
    invocation: Invocation,
    input: string,
    error: AttemptError,
    exhausted: ExhaustedCondition,
  ): Promise<void> {
    const queueArn = invocation.target.DeadLetterConfig?.Arn;
    if (!queueArn) {
      this.warn(invocation, `${error.message} (${error.code}); the invocation is dropped`);
      return;
    }
    try {
      const message = deadLetter(invocation, input, error, exhausted);
      await sendToQueue(this.wiring.host, this.callerOf(invocation), queueArn, message);
      this.count(invocation, 'InvocationsSentToDeadLetterCount');
    } catch (queueError) {
      const { code, message } = attemptError(queueError);
      this.count(invocation, 'InvocationsFailedToBeSentToDeadLetterCount');
      this.count(invocation, `InvocationsFailedToBeSentToDeadLetterCount_${code}`);
      this.warn(invocation, `${error.message} (${error.code}); nor did ${queueArn} take it: ${message}`);
    }
  }

  private end(invocation: Invocation): void {
    this.wiring.store.invocations.end(invocation);
    this.wiring.ended(invocation);
  }

  /** A role may be held to the group by `aws:SourceArn`. */
  private callerOf({ target, executionId, groupName }: Invocation): Caller {
    return this.wiring.host.assumeRole(target.RoleArn, SCHEDULER, executionId, this.wiring.groupArn(groupName));
  }

  /** By group, and over all groups. */
  private count({ groupName }: Invocation, metric: string): void {
    for (const dimensions of [{ ScheduleGroup: groupName }, {} as Record<string, string>]) {
      this.wiring.host.metric('AWS/Scheduler', metric, dimensions, 1, 'Count');
    }
  }

  private warn({ scheduleName, target }: Invocation, what: string): void {
    this.wiring.host.warn(`Scheduler: schedule ${scheduleName} could not invoke ${target.Arn}: ${what}`);
  }
}

/** Which limit of the retry policy an attempt at `nextAtMs` would break. */
function exhaustedCondition(invocation: Invocation, nextAtMs: number): ExhaustedCondition | undefined {
  const { MaximumRetryAttempts = DEFAULT_RETRIES, MaximumEventAgeInSeconds = DEFAULT_AGE_SECONDS } =
    invocation.target.RetryPolicy ?? {};
  if (invocation.attempts > MaximumRetryAttempts) return 'MaximumRetryAttempts';
  if (nextAtMs - invocation.startedAtMs > MaximumEventAgeInSeconds * 1000) return 'MaximumEventAgeInSeconds';
  return undefined;
}
