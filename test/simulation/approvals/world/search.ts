/** Owns the search: every state that can be reached, each looked at once, and how many schedules lead through them. */
import { checkEnd } from './end-check';
import { begun, keyOf, type Move, movesOf, type Rules, type State } from './moves';
import { Violation } from './violation';

/** A world to begin with, and who acts in it. */
export interface Start extends Rules {
  readonly state: State;
}

/** What a search has seen. */
export interface Findings {
  readonly states: number;
  /** States in which nothing can happen any more. */
  readonly ends: number;
  /** Different orders in which the whole can run, from the first state to an end. */
  readonly schedules: number;
  /** How requests stood in the end. */
  readonly outcomes: ReadonlySet<string>;
  /** What actors were told, as `anna approves: done`. */
  readonly told: ReadonlySet<string>;
  /** Whether every state was looked at. */
  readonly isExhausted: boolean;
  /** The first thing that must not be, with what led to it. */
  readonly failure?: string;
}

interface Frame {
  readonly key: number;
  readonly state: State;
  readonly moves: readonly Move[];
  next: number;
  schedules: number;
  readonly label: string;
}

/** Looks at every state, deepest first; stops at the first that must not be, and after `mostStates`. */
export async function search(start: Start, mostStates = Number.POSITIVE_INFINITY): Promise<Findings> {
  const schedulesFrom = new Map<number, number>();
  const [outcomes, told] = [new Set<string>(), new Set<string>()];
  let ends = 0;
  const path: Frame[] = [];
  const enter = async (state: State, label: string): Promise<void> => {
    const key = keyOf(state);
    const moves = movesOf(state, start);
    const frame = { key, state, moves, next: 0, schedules: 0, label };
    path.push(frame);
    // A state that is met again on its own path is a loop; it counts as no schedule of its own.
    schedulesFrom.set(key, 0);
    if (moves.some(({ isFault }) => !isFault)) return;
    ends += 1;
    frame.schedules += 1;
    outcomes.add(await checkEnd(state, start.kinds));
    for (const { kind, position } of state.actors) {
      if (position.kind === 'done') told.add(`${start.kinds[kind]!.name}: ${position.told}`);
    }
  };
  const findings = (rest: Pick<Findings, 'isExhausted' | 'schedules' | 'failure'>): Findings => ({
    states: schedulesFrom.size,
    ends,
    outcomes,
    told,
    ...rest,
  });

  try {
    await enter(await begun(start.state, start), 'start');
    for (;;) {
      const frame = path.at(-1)!;
      const move = frame.moves[frame.next++];
      if (!move) {
        schedulesFrom.set(frame.key, frame.schedules);
        path.pop();
        const parent = path.at(-1);
        if (!parent) return findings({ isExhausted: true, schedules: frame.schedules });
        parent.schedules += frame.schedules * parent.moves[parent.next - 1]!.weight;
        continue;
      }
      const taken = move.take();
      let state: State | undefined;
      try {
        state = taken instanceof Promise ? await taken : taken;
      } catch (error) {
        path.push({ ...frame, label: move.label });
        throw error;
      }
      if (!state) continue;
      const known = schedulesFrom.get(keyOf(state));
      if (known !== undefined) frame.schedules += known * move.weight;
      else if (schedulesFrom.size >= mostStates) return findings({ isExhausted: false, schedules: 0 });
      else await enter(state, move.label);
    }
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    const steps = path.slice(1).map(({ label }, index) => `${String(index + 1).padStart(3)}  ${label}`);
    return findings({ isExhausted: false, schedules: 0, failure: [error.message, ...steps].join('\n') });
  }
}
