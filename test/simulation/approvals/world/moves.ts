/**
 * Owns what can happen next in a state: which actor's pending call runs, how it goes wrong while faults are left, the
 * clock, a task's timeout. A call runs as one step with what the actor then does up to its next call.
 */
import { type ActorKind, SCHEDULE } from './actors';
import { afterAnswer, type Place, type PortAnswer, type PortCall, startOf } from './automaton';
import { numberOfText } from './interned';
import { OUTSIDE_STEPS } from './outside-steps';
import { checkSave } from './save-check';
import { FIRST_TOKEN, numberOfWorld, SECOND_TOKEN, type World } from './state';
import { STORE_STEPS } from './store-steps';
import { must, Violation } from './violation';

/** Where one of the actors is. */
export type Position =
  | { readonly kind: 'ready' }
  | { readonly kind: 'at'; readonly place: Place; readonly schedule?: number }
  | { readonly kind: 'done'; readonly told: string };

export interface Actor {
  /** The number of its kind in the scenario. */
  readonly kind: number;
  readonly position: Position;
}

/** All that is so in one moment. */
export interface State {
  readonly world: World;
  readonly actors: readonly Actor[];
  readonly faultsLeft: number;
}

/** What does not change from state to state. */
export interface Rules {
  readonly kinds: readonly ActorKind[];
  /** Moments that the clock may come to, ascending. */
  readonly moments: readonly number[];
  /** That the task may time out: the workflow goes on without an answer, or asks again with another task. */
  readonly timeout?: 'ends' | 'triesAgain';
}

/** Something that can happen. `weight`: so many actors could do the very same. */
export interface Move {
  readonly label: string;
  readonly weight: number;
  readonly isFault: boolean;
  /** Gives undefined when it would come to the same as another move. */
  take(): State | undefined | Promise<State | undefined>;
}

/** A call that failed, as far as its caller knows. */
class CallFailed extends Error {
  override readonly name = 'CallFailed';
}

const FAILED = new CallFailed('The call failed, or its answer was lost.');

/** Calls that change nothing; what goes wrong after them is what goes wrong before the next. */
const READS = new Set(['store.find', 'store.findLink', 'store.due', 'vault.seal', 'vault.open', 'links.make']);

/** Calls that touch nothing that anybody else's call touches, so that it does not matter when they run. */
const ALONE = new Set(['vault.seal', 'vault.open', 'links.make', 'mailer.send', 'deadLetters.send']);

const READY: Position = { kind: 'ready' };

/** The key of a state; actors of one kind are alike, so that their order says nothing. */
export function keyOf({ world, actors, faultsLeft }: State): number {
  const positions = actors.map(({ kind, position }) => `${kind}${textOf(position)}`).sort();
  return numberOfText(`state ${numberOfWorld(world)} ${faultsLeft} ${positions.join(' ')}`);
}

function textOf(position: Position): string {
  if (position.kind === 'ready') return 'r';
  if (position.kind === 'done') return `=${position.told}`;
  return `@${position.place.number}${position.schedule === undefined ? '' : `/${position.schedule}`}`;
}

/** Lets everybody begin who waits for nothing. */
export async function begun(state: State, rules: Rules): Promise<State> {
  const actors = await Promise.all(
    state.actors.map(async (actor) => {
      const { trigger, isReady, program, memory } = rules.kinds[actor.kind]!;
      const isFree = trigger === 'person' || trigger === 'message';
      if (actor.position.kind !== 'ready' || !isFree || isReady) return actor;
      return { ...actor, position: { kind: 'at' as const, place: await startOf(program, state.world.now, memory) } };
    }),
  );
  return { ...state, actors };
}

/** Everything that can happen next. */
export function movesOf(state: State, rules: Rules): Move[] {
  const { world } = state;
  const moves: Move[] = [];
  const later = rules.moments.filter((moment) => moment > world.now);
  const seen = new Map<string, number>();
  const own: OwnMove[][] = [];
  state.actors.forEach((actor, index) => {
    const key = `${actor.kind}${textOf(actor.position)}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    if (seen.get(key) === 1) own.push(movesOfActor(state, rules, index, later));
  });
  // A call that concerns nobody else may as well run first: what the others can do stays the same.
  const counted = [...seen.values()];
  for (const [index, list] of own.entries()) {
    const weight = counted[index]!;
    const weighted = list.map(({ isAlone: _, ...move }) => ({ ...move, weight }));
    if (later.length === 0 && list[0]?.isAlone) return weighted;
    moves.push(...weighted);
  }
  if (later.length > 0) {
    const take = () => ({ ...state, world: { ...world, now: later[0]! } });
    moves.push({ label: `the clock comes to ${later[0]}`, weight: 1, isFault: false, take });
  }
  if (rules.timeout && world.tasks[FIRST_TOKEN]?.state === 'waiting') {
    const tasks = AFTER_TIMEOUT[rules.timeout];
    const take = () => ({ ...state, world: { ...world, tasks } });
    moves.push({ label: 'the task times out', weight: 1, isFault: false, take });
  }
  return moves;
}

/** The tasks once the first has timed out. */
const AFTER_TIMEOUT: Readonly<Record<'ends' | 'triesAgain', World['tasks']>> = {
  ends: { [FIRST_TOKEN]: { state: 'timedOut' } },
  triesAgain: { [FIRST_TOKEN]: { state: 'timedOut' }, [SECOND_TOKEN]: { state: 'waiting' } },
};

type OwnMove = Omit<Move, 'weight'> & { readonly isAlone?: boolean };

function movesOfActor(state: State, rules: Rules, index: number, later: readonly number[]): OwnMove[] {
  const { position, kind } = state.actors[index]!;
  if (position.kind === 'done') return [];
  if (position.kind === 'ready') return startsOf(state, rules.kinds[kind]!, index);
  const { standing } = position.place;
  if (standing.kind !== 'calls') throw new Error('An actor that has ended is still under way.');
  return callsOf(state, rules, index, standing.call, later);
}

function startsOf(state: State, kind: ActorKind, index: number): OwnMove[] {
  const { world } = state;
  const { name, trigger, program, isReady, memory } = kind;
  const begin = (label: string, next: World, schedule?: number): OwnMove => ({
    label: `${name} ${label}`,
    isFault: false,
    take: async () => {
      const place = await startOf(program, world.now, memory);
      return withActor({ ...state, world: next }, index, { kind: 'at', place, schedule });
    },
  });
  const lose = (next: World): OwnMove[] =>
    state.faultsLeft === 0
      ? []
      : [
          {
            label: `${name} is given up`,
            isFault: true,
            take: () => ({ ...state, world: { ...next, hasLost: true }, faultsLeft: state.faultsLeft - 1 }),
          },
        ];
  if (trigger === 'stream') {
    const next = { ...world, isStreamed: false };
    return world.isStreamed ? [begin('reads', next), ...lose(next)] : [];
  }
  if (trigger === 'schedule') {
    const due = world.schedules.find((at) => at <= world.now);
    if (due === undefined) return [];
    const next = { ...world, schedules: world.schedules.filter((at) => at !== due) };
    return [begin('runs', next, due), ...lose(next)];
  }
  return isReady?.(world) ? [begin('begins', world)] : [];
}

function callsOf(state: State, rules: Rules, index: number, call: PortCall, later: readonly number[]): OwnMove[] {
  const { world, faultsLeft } = state;
  const { position, kind } = state.actors[index]!;
  const { place } = position as Extract<Position, { kind: 'at' }>;
  const actorKind = rules.kinds[kind]!;
  const name = `${call.port}.${call.method}`;
  const label = `${actorKind.name}: ${name}`;
  const answer = (effect: { world: World; answer: Omit<PortAnswer, 'at'> }, from: State, isUnacknowledged = false) => {
    const next = afterAnswer(place, { ...effect.answer, at: effect.world.now });
    const settle = (reached: Place) =>
      arrived({ ...from, world: effect.world }, rules, index, reached, isUnacknowledged);
    return next instanceof Promise ? next.then(settle) : settle(next);
  };
  const moves: OwnMove[] = [
    {
      label,
      isFault: false,
      isAlone: ALONE.has(name),
      take: () => answer(effectOf(world, call, actorKind), state),
    },
  ];
  // Time passes between the effect and what the code then does.
  for (const now of later) {
    const take = () => {
      const effect = effectOf(world, call, actorKind);
      return answer({ ...effect, world: { ...effect.world, now } }, state);
    };
    moves.push({ label: `${label}, answered at ${now}`, isFault: false, take });
  }
  if (faultsLeft === 0) return moves;
  const worse: State = { ...state, faultsLeft: faultsLeft - 1 };
  const fault = (what: string, take: Move['take']) => moves.push({ label: `${label} ${what}`, isFault: true, take });
  fault('fails', () => answer({ world, answer: { error: FAILED } }, worse));
  fault('is not made: its caller dies', () => fallen(worse, rules, index));
  const contended = CONTENDED[name];
  if (contended) fault('meets another write', () => answer({ world, answer: contended }, worse));
  if (READS.has(name)) return moves;
  fault('lands and its answer is lost', () =>
    answer({ world: effectOf(world, call, actorKind).world, answer: { error: FAILED } }, worse),
  );
  fault('lands and its caller dies', () =>
    fallen({ ...worse, world: effectOf(world, call, actorKind).world }, rules, index),
  );
  if (actorKind.trigger !== 'person') {
    fault('lands, and what is done is not acknowledged', () => answer(effectOf(world, call, actorKind), worse, true));
  }
  return moves;
}

/** What DynamoDB answers while another write to the same row is under way; nothing is written. */
const CONTENDED: Readonly<Record<string, { value?: unknown }>> = {
  'store.save': { value: 'conflict' },
  'store.reserveAttempt': { value: { kind: 'contended' } },
  'store.giveBackAttempt': {},
};

function effectOf(world: World, { port, method, args }: PortCall, { click }: ActorKind) {
  if (port === 'store' && method === 'save' && args[0].before?.version === world.request?.version) {
    checkSave(world, args[0], click?.linkId);
  }
  const step = port === 'store' ? STORE_STEPS[method] : OUTSIDE_STEPS[`${port}.${method}`];
  must(step !== undefined, () => `nobody answers ${port}.${method}`);
  try {
    const { world: next, value } = step(world, ...args);
    return { world: next, answer: { value } };
  } catch (error) {
    if (error instanceof Violation) throw error;
    return { world, answer: { error: error as Error } };
  }
}

/** An actor that has come to a place. What is not acknowledged is delivered again. */
function arrived(
  state: State,
  rules: Rules,
  index: number,
  place: Place,
  isUnacknowledged: boolean,
): State | undefined | Promise<State> {
  const { standing } = place;
  const { position, kind } = state.actors[index]!;
  const { trigger, isPatient } = rules.kinds[kind]!;
  if (standing.kind === 'calls') {
    // Only what has ended is acknowledged.
    if (isUnacknowledged) return undefined;
    const { schedule } = position as Extract<Position, { kind: 'at' }>;
    return withActor(state, index, { kind: 'at', place, schedule });
  }
  if (standing.kind === 'failed') {
    checkFailure(standing.error, trigger);
    return fallen(state, rules, index);
  }
  if (isUnacknowledged) return fallen(state, rules, index);
  if (trigger === 'stream' || trigger === 'schedule') return withActor(state, index, READY);
  const told = toldBy(standing.value);
  if (isPatient && told === 'busy') return fallen(state, rules, index);
  return withActor(state, index, { kind: 'done', told });
}

/** What a person reads on the page, or an operator in the answer. */
export function toldBy(value: any): string {
  return value?.link?.kind === 'unknown' ? 'unknown' : String(value?.outcome?.kind ?? value?.kind ?? 'through');
}

/** Whoever failed or died is started again by what had started them. */
function fallen(state: State, rules: Rules, index: number): State | Promise<State> {
  const { position, kind } = state.actors[index]!;
  const { trigger, program, isPatient, memory } = rules.kinds[kind]!;
  const { world } = state;
  if (trigger === 'stream') return withActor({ ...state, world: { ...world, isStreamed: true } }, index, READY);
  if (trigger === 'schedule') {
    const at = (position as Extract<Position, { kind: 'at' }>).schedule!;
    const schedules = [...new Set([...world.schedules, at])].sort((one, other) => one - other);
    return withActor({ ...state, world: { ...world, schedules } }, index, READY);
  }
  if (trigger === 'sweeper' || (trigger === 'person' && !isPatient)) {
    return withActor(state, index, { kind: 'done', told: 'failed' });
  }
  return startOf(program, world.now, memory).then((place) => withActor(state, index, { kind: 'at', place }));
}

function checkFailure(error: unknown, trigger: ActorKind['trigger']): void {
  if (error instanceof CallFailed || trigger === 'sweeper') return;
  const isContended = error instanceof Error && error.name === 'RequestContended';
  must(isContended, () => `a defect: ${error instanceof Error ? error.stack : String(error)}`);
}

function withActor(state: State, index: number, position: Position): State {
  const actors = state.actors.map((actor, other) => (other === index ? { ...actor, position } : actor));
  return { ...state, actors };
}

/** Runs one actor from its beginning to its end with nobody else about, at the world's time. */
export async function runAlone(world: World, kind: ActorKind): Promise<{ world: World; value: any }> {
  let place = await startOf(kind.program, world.now);
  let current = world;
  while (place.standing.kind === 'calls') {
    const { world: next, answer } = effectOf(current, place.standing.call, kind);
    current = next;
    place = await afterAnswer(place, { ...answer, at: current.now });
  }
  if (place.standing.kind === 'failed') throw new Violation(`${kind.name} fails alone: ${place.standing.error}`);
  return { world: current, value: place.standing.value };
}

/** Lets the stream and the schedules that are due run until nothing is left for them. */
export async function runTriggers(world: World, stream: ActorKind): Promise<World> {
  let current = world;
  for (let rounds = 0; rounds < 20; rounds++) {
    const due = current.schedules.filter((at) => at <= current.now);
    if (!current.isStreamed && due.length === 0) return current;
    if (current.isStreamed) current = (await runAlone({ ...current, isStreamed: false }, stream)).world;
    else {
      const schedules = current.schedules.filter((at) => !due.includes(at));
      current = (await runAlone({ ...current, schedules }, SCHEDULE)).world;
    }
  }
  throw new Violation('the stream and the schedules never come to rest');
}
