import type { Clock, Timer } from '../../../local/kernel/clock';
import type { InvocationPlan } from './adversary';
import { pass } from './disturbed-service';

/** How an invocation ended, as Lambda answers it. */
export interface FunctionAnswer {
  readonly FunctionError?: 'Unhandled';
  readonly Payload: string;
}

/**
 * One invocation of a function: it crashes, stands still or runs out of time as its plan says. What a dead process
 * awaits never comes.
 */
export class FunctionProcess {
  private calls = 0;
  private isDead = false;
  private end!: (answer: FunctionAnswer) => void;
  private readonly deadlineMs: number;
  private readonly ended = new Promise<FunctionAnswer>((resolve) => {
    this.end = resolve;
  });

  constructor(
    private readonly clock: Clock,
    private readonly plan: InvocationPlan,
    private readonly requestId: string,
    private readonly timeoutMs: number,
  ) {
    this.deadlineMs = clock.now() + timeoutMs;
  }

  readonly invocation = {
    awsRequestId: '',
    getRemainingTimeInMillis: () => Math.max(0, this.deadlineMs - this.clock.now()),
  };

  /** Runs the handler to its answer, its crash or its deadline. */
  async run(handler: () => Promise<unknown>): Promise<FunctionAnswer> {
    this.invocation.awsRequestId = this.requestId;
    const timer: Timer = this.clock.schedule(this.deadlineMs, () => {
      this.isDead = !this.plan.isZombie;
      const errorMessage = `RequestId: ${this.requestId} Error: Task timed out after ${(this.timeoutMs / 1000).toFixed(2)} seconds`;
      this.end(failure('Sandbox.Timedout', errorMessage));
    });
    handler().then(
      (result) => this.end({ Payload: JSON.stringify(result) ?? 'null' }),
      (error: Error) => this.end(failure(error.name, error.message)),
    );
    const answer = await this.ended;
    timer.cancel();
    return answer;
  }

  /** Runs around each call that the handler makes of a service. */
  readonly around = async <T>(attempt: () => Promise<T>): Promise<T> => {
    if (this.isDead) return never();
    const { plan } = this;
    if (++this.calls === plan.atCall) {
      if (plan.fate === 'crash') {
        if (plan.isCallSent) void attempt().catch(() => undefined);
        this.isDead = true;
        this.end(
          failure('Runtime.ExitError', `RequestId: ${this.requestId} Error: Runtime exited with error: exit status 1`),
        );
        return never();
      }
      if (plan.fate === 'freeze') return this.freeze(attempt);
    }
    return attempt().finally(() => this.isDead && never());
  };

  private async freeze<T>(attempt: () => Promise<T>): Promise<T> {
    const { clock, plan } = this;
    const sent = plan.isCallSent ? attempt() : undefined;
    sent?.catch(() => undefined);
    await pass(clock, plan.frozenMs);
    if (this.isDead) return never();
    return sent ?? attempt();
  }
}

function failure(errorType: string, errorMessage: string): FunctionAnswer {
  return { FunctionError: 'Unhandled', Payload: JSON.stringify({ errorType, errorMessage }) };
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
