import type { Clock } from '../clock';
import { withDeadline } from '../deadline';
import type { FaultSource } from './fault';

/** How one provider names its failures. */
export interface FailureNames {
  declined(): Error;
  unavailable(): Error;
  throttled(): Error;
  timedOut(): Error;
}

/** What a call to a provider is made with. */
export interface ProviderCallProps<Operation extends string = string> {
  readonly clock: Clock;
  /** The client's own deadline, in milliseconds. */
  readonly deadlineMs: number;
  /** Absent in production. */
  readonly faults?: FaultSource<Operation>;
}

/**
 * Makes one call under the client's deadline, with the fault that is turned on for what `scope` names. A slow provider and one whose
 * answer is lost go on working after the client has given up, as real ones do.
 */
export async function callProvider<T, Operation extends string>(
  { clock, deadlineMs, faults }: ProviderCallProps<Operation>,
  { scope, operation }: { scope: string; operation: Operation },
  failures: FailureNames,
  effect: () => Promise<T>,
): Promise<T> {
  const fault = await faults?.take(scope, operation);
  switch (fault?.kind) {
    case 'decline':
      throw failures.declined();
    case 'errorBeforeEffect':
      throw failures.unavailable();
    case 'throttled':
      throw failures.throttled();
    case 'timeoutAfterEffect':
      await effect();
      return withDeadline(clock, deadlineMs, () => new Promise<never>(() => undefined), failures.timedOut);
    case 'slow': {
      const slowEffect = async () => {
        await clock.sleep(fault.delayMilliseconds ?? 0);
        return effect();
      };
      return withDeadline(clock, deadlineMs, slowEffect, failures.timedOut);
    }
    default:
      return withDeadline(clock, deadlineMs, effect, failures.timedOut);
  }
}
