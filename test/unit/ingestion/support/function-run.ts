import type { Clock as HandlerClock } from '../../../../lambdas/shared/clock';
import type { Clock } from '../../../../local/kernel/clock';

/**
 * What happens at an effect. `late`: the process dies, and what it had sent lands seconds later. `hangs`: it waits until its
 * function's time is up.
 */
export const MOMENTS = ['before', 'after', 'late', 'hangs before', 'hangs after'] as const;
export type Moment = (typeof MOMENTS)[number];

/** An effect that a function has outside of itself. */
export interface Effect {
  readonly functionName: string;
  /** `<port>.<call>`, and how many of them this process had before: `vectors.put#0`. */
  readonly call: string;
}

/** Says what is to happen at an effect; undefined: nothing. */
export type Fate = (effect: Effect) => Moment | undefined;

/** An answer of Lambda. */
export type FunctionAnswer =
  | { readonly result: unknown }
  | { readonly errorType: string; readonly errorMessage: string };

/** Before what was sent by a dead process lands. */
const LATE_MS = 5_000;

/** One invocation of a function in a process of its own. What a dead process calls never happens and never answers. */
export class FunctionRun {
  private readonly counts = new Map<string, number>();
  private isDead = false;
  private readonly endMs: number;
  private end!: (answer: FunctionAnswer) => void;
  private readonly ended = new Promise<FunctionAnswer>((resolve) => {
    this.end = resolve;
  });

  constructor(
    private readonly clock: Clock,
    private readonly functionName: string,
    private readonly timeoutSeconds: number,
    private readonly fate: Fate,
    private readonly landed: () => void,
  ) {
    this.endMs = clock.now() + timeoutSeconds * 1000;
  }

  readonly invocation = { getRemainingTimeInMillis: () => Math.max(0, this.endMs - this.clock.now()) };

  readonly handlerClock: HandlerClock = {
    now: () => this.clock.now(),
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        this.clock.schedule(this.clock.now() + milliseconds, resolve);
      }),
  };

  /** Runs the handler to its answer, its crash or its deadline. */
  async run(handler: () => Promise<unknown>): Promise<FunctionAnswer> {
    const timer = this.clock.schedule(this.endMs, () =>
      this.die('Sandbox.Timedout', `Task timed out after ${this.timeoutSeconds}.00 seconds`),
    );
    handler().then(
      (result) => this.end({ result }),
      (error: Error) => this.end({ errorType: error.name, errorMessage: error.message }),
    );
    const answer = await this.ended;
    timer.cancel();
    return answer;
  }

  /** The same port as this process calls it: `effects` are the names of its calls that change something. */
  port<Port extends object>(name: string, port: Port, effects: readonly (keyof Port & string)[]): Port {
    return new Proxy(port, {
      get: (target, member: string) => {
        const value = (target as any)[member];
        if (typeof value !== 'function') return value;
        const call = (...given: unknown[]) => value.apply(target, given);
        if (effects.includes(member as never))
          return (...given: unknown[]) => this.affect(`${name}.${member}`, () => call(...given));
        return (...given: unknown[]) => (this.isDead ? never() : call(...given));
      },
    });
  }

  private async affect(call: string, act: () => Promise<unknown>): Promise<unknown> {
    if (this.isDead) return never();
    const count = this.counts.get(call) ?? 0;
    this.counts.set(call, count + 1);
    const land = async () => {
      const answer = await act();
      this.landed();
      return answer;
    };
    const moment = this.fate({ functionName: this.functionName, call: `${call}#${count}` });
    if (moment === undefined) {
      const answer = await land();
      return this.isDead ? never() : answer;
    }
    if (moment === 'after' || moment === 'hangs after') await land();
    if (moment === 'late') {
      this.clock.schedule(this.clock.now() + LATE_MS, () => void land().catch(() => undefined));
    }
    if (!moment.startsWith('hangs')) this.die('Runtime.ExitError', 'Runtime exited with error: exit status 1');
    return never();
  }

  private die(errorType: string, errorMessage: string): void {
    this.isDead = true;
    this.end({ errorType, errorMessage });
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
