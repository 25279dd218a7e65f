import type { Clock } from '../../../shared/clock';
import type { Observability } from '../../../shared/observability/observe';
import {
  type BreakerSettings,
  type BreakerState,
  type CallReport,
  NEW_BREAKER,
  type Permit,
  permit,
  report,
} from './breaker';
import type { BreakerStore } from './breaker-store';

/** What a shared breaker works with. */
export interface SharedBreakerProps extends Observability {
  readonly store: BreakerStore;
  readonly settings: BreakerSettings;
  readonly clock: Clock;
  /**
   * For how many milliseconds a breaker that was read as closed is taken to be closed still, so that a webhook that is up
   * costs no read for each call; for so long calls may go on after it has opened. @default 0
   */
  readonly believedMs?: number;
}

/** A breaker whose state many processes share. */
export interface SharedBreaker {
  /** The right to make a call, or undefined while the breaker is open. */
  ask(caller: { readonly name: string; readonly untilMs: number }): Promise<Permit | undefined>;
  /** Says how a permitted call went. */
  tell(of: Permit, says: CallReport): Promise<void>;
}

/**
 * Whoever loses a write has lost it to one that changed the state, and after `settings.failures` of those the breaker is open
 * and reports change nothing: nobody loses more often than that for long.
 */
const SPARE_ROUNDS = 20;

/** A breaker over a store with conditional writes: what follows from a state is written only if it is still the state. */
export function createSharedBreaker(props: SharedBreakerProps): SharedBreaker {
  const { store, settings, clock, log, meter, believedMs = 0 } = props;
  let closed: { readonly permit: Permit; readonly untilMs: number } | undefined;

  return {
    async ask(caller) {
      if (closed && clock.now() < closed.untilMs) return closed.permit;
      return change((state) => {
        const { state: next, permit: given } = permit(state, caller, clock.now());
        if (next.kind === 'closed' && given) closed = { permit: given, untilMs: clock.now() + believedMs };
        return [next, given] as const;
      });
    },
    async tell(of, says) {
      // An answer of a webhook that is thought to be up changes nothing: no call of the table for it.
      if (says.kind === 'up' && !of.isProbe) return;
      closed = undefined;
      await change((state) => [report(state, of, says, clock.now(), settings), undefined] as const);
    },
  };

  async function change<T>(step: (state: BreakerState) => readonly [BreakerState, T]): Promise<T> {
    for (let round = 0; round < settings.failures + SPARE_ROUNDS; round++) {
      const { state, version } = (await store.read()) ?? { state: NEW_BREAKER, version: 0 };
      const [next, answer] = step(state);
      if (next === state) return answer;
      if (await store.write(next, version)) {
        tellOf(state, next);
        return answer;
      }
    }
    throw new Error('The breaker is being changed by too many at once; try again.');
  }

  function tellOf(before: BreakerState, after: BreakerState): void {
    if (before.kind === after.kind && after.kind !== 'halfOpen') return;
    const fields = { before: before.kind, after: after.kind, generation: after.generation };
    if (after.kind === 'open') {
      meter.count('WebhookBreakerOpened');
      log.warn('The webhook is not called for a while', { ...fields, reopensAtMs: after.reopensAtMs });
    } else if (after.kind === 'halfOpen') {
      meter.count('WebhookBreakerProbed');
      log.info('The webhook is tried with one call', fields);
    } else {
      meter.count('WebhookBreakerClosed');
      log.info('The webhook is called again', fields);
    }
  }
}
