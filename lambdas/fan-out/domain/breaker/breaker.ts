/**
 * Owns the states of a circuit breaker as a pure reducer. It knows neither who stores the state nor whom it guards.
 *
 * Invariants
 * 1. While open, nobody is permitted before `reopensAtMs`; then one caller is, as the probe, until its time is up.
 * 2. Only reports on permits of the present generation count: a call that began before the last change says nothing of now.
 * 3. A state that does not change is the same object, so that nothing need be written.
 */

/** The state of a breaker. `generation` grows with each change of kind, and with each probe. */
export type BreakerState =
  | {
      readonly kind: 'closed';
      readonly generation: number;
      /** Failures since `windowFromMs`. */
      readonly failures: number;
      readonly windowFromMs: number;
    }
  | { readonly kind: 'open'; readonly generation: number; readonly reopensAtMs: number }
  | { readonly kind: 'halfOpen'; readonly generation: number; readonly probe: string; readonly probeUntilMs: number };

/** When a breaker opens and how long it stays so. */
export interface BreakerSettings {
  /** Failures within a window that open it. */
  readonly failures: number;
  readonly windowMs: number;
  readonly openMs: number;
  /** The longest that the guarded side may ask to be left alone. */
  readonly longestPauseMs: number;
}

/** The right to make one call. */
export interface Permit {
  readonly generation: number;
  readonly isProbe: boolean;
}

/** What a call that was permitted says of the guarded side. `paused`: it asks to be left alone for so long. */
export type CallReport =
  | { readonly kind: 'up' }
  | { readonly kind: 'down' }
  | { readonly kind: 'paused'; readonly forMs: number };

/** A breaker of which nothing was written yet. */
export const NEW_BREAKER: BreakerState = { kind: 'closed', generation: 0, failures: 0, windowFromMs: 0 };

/** Whether `caller`, who gives up at `untilMs`, may call now; and the state that follows from asking. */
export function permit(
  state: BreakerState,
  caller: { readonly name: string; readonly untilMs: number },
  nowMs: number,
): { state: BreakerState; permit?: Permit } {
  const { generation } = state;
  if (state.kind === 'closed') return { state, permit: { generation, isProbe: false } };
  // The SDK sends a write again when its answer was lost: the probe that finds itself written down is the probe.
  if (state.kind === 'halfOpen' && state.probe === caller.name) return { state, permit: { generation, isProbe: true } };
  const isDue = state.kind === 'open' ? nowMs >= state.reopensAtMs : nowMs >= state.probeUntilMs;
  if (!isDue) return { state };
  const probing: BreakerState = {
    kind: 'halfOpen',
    generation: generation + 1,
    probe: caller.name,
    probeUntilMs: caller.untilMs,
  };
  return { state: probing, permit: { generation: probing.generation, isProbe: true } };
}

/** The state that follows from what a permitted call says. */
export function report(
  state: BreakerState,
  of: Permit,
  says: CallReport,
  nowMs: number,
  settings: BreakerSettings,
): BreakerState {
  if (of.generation !== state.generation || state.kind === 'open') return state;
  const generation = state.generation + 1;
  if (says.kind === 'paused') {
    return { kind: 'open', generation, reopensAtMs: nowMs + Math.min(says.forMs, settings.longestPauseMs) };
  }
  const open: BreakerState = { kind: 'open', generation, reopensAtMs: nowMs + settings.openMs };
  if (state.kind === 'halfOpen') {
    return says.kind === 'down' ? open : { kind: 'closed', generation, failures: 0, windowFromMs: nowMs };
  }
  if (says.kind === 'up') return state;
  const isSameWindow = nowMs - state.windowFromMs < settings.windowMs;
  const failures = isSameWindow ? state.failures + 1 : 1;
  if (failures >= settings.failures) return open;
  return { ...state, failures, windowFromMs: isSameWindow ? state.windowFromMs : nowMs };
}
