/**
 * Owns an actor as an automaton: real code, whose every call of a port is a place where it stands still. Where it stands
 * follows from the answers that it has had, so the code is run from its beginning for each new row of answers, once, and
 * what is then known is kept. Nothing but answers and the clock may reach the code.
 */
import type { Clock } from '../../../../lambdas/shared/clock';
import { numberOf } from './interned';

/** A call of a port that waits for its answer. */
export interface PortCall {
  readonly port: string;
  readonly method: string;
  readonly args: readonly any[];
}

/** What a call is answered with, and when. */
export interface PortAnswer {
  readonly at: number;
  readonly value?: unknown;
  /** The call rejects with it. */
  readonly error?: Error;
}

/** Where an actor stands. */
export type Standing =
  | { readonly kind: 'calls'; readonly call: PortCall }
  | { readonly kind: 'ended'; readonly value: any }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What an actor runs with: any port by its name, and the clock. */
export interface ActorParts {
  port<T>(name: string): T;
  readonly clock: Clock;
}

/** The code of an actor. */
export type Program = (parts: ActorParts) => Promise<unknown>;

/**
 * What the code of an actor still knows of its answers, as JSON; two places at which it calls the same and knows the same
 * are then one. That they really are alike is looked at: for some of those that are taken for one, whatever the one does
 * next, the others are run too, and must come to the same.
 */
export type Memory = (answered: readonly Answered[]) => unknown;

/** A call and its answer. */
export interface Answered {
  readonly method: string;
  readonly answer: PortAnswer;
}

/** A place in an actor's code, reached by a row of answers. */
export class Place {
  private static count = 0;
  readonly number = ++Place.count;
  readonly next = new Map<string, { readonly answer: PortAnswer; readonly place: Place }>();
  /** Some other rows of answers that lead to the same place. */
  readonly others: (readonly Answered[])[] = [];

  constructor(
    readonly family: Family,
    readonly answered: readonly Answered[],
    readonly standing: Standing,
  ) {}
}

/** All places of a program that was started at one moment. */
interface Family {
  readonly program: Program;
  readonly startedAt: number;
  readonly memory?: Memory;
  readonly byMemory: Map<string, Place>;
}

const roots = new Map<Program, Map<number, Promise<Place>>>();

/** Of so many rows that lead to one place it is looked at that they are alike. */
const MOST_OTHERS = 3;

/** Where a program stands first when it is started at `at`; always the same place. */
export function startOf(program: Program, at: number, memory?: Memory): Promise<Place> {
  const places = roots.get(program) ?? new Map<number, Promise<Place>>();
  roots.set(program, places);
  const place = places.get(at) ?? firstPlace({ program, startedAt: at, memory, byMemory: new Map() });
  places.set(at, place);
  return place;
}

async function firstPlace(family: Family): Promise<Place> {
  return new Place(family, [], await run(family.program, family.startedAt, []));
}

/** Where it stands after one more answer; a promise only the first time. */
export function afterAnswer(place: Place, answer: PortAnswer): Place | Promise<Place> {
  const { at, value, error } = answer;
  const key = `${at} ${error ? `!${error.name}` : numberOf(value)}`;
  return place.next.get(key)?.place ?? explore(place, key, answer);
}

async function explore(place: Place, key: string, answer: PortAnswer): Promise<Place> {
  const next = await reach(place, place.answered, answer);
  place.next.set(key, { answer, place: next });
  for (const other of place.others) await checkAlike(place, other, answer, next);
  return next;
}

async function reach({ family, standing }: Place, before: readonly Answered[], answer: PortAnswer): Promise<Place> {
  if (standing.kind !== 'calls') throw new Error('Nothing is asked here.');
  const { program, startedAt, memory, byMemory } = family;
  const answered = [...before, { method: standing.call.method, answer }];
  const answers = answered.map((one) => one.answer);
  const reached = new Place(family, answered, await run(program, startedAt, answers));
  if (!memory || reached.standing.kind !== 'calls') return reached;
  const key = JSON.stringify([answered.length, answer.at, reached.standing.call, memory(answered)]);
  const known = byMemory.get(key);
  if (!known) byMemory.set(key, reached);
  else if (known.others.length < MOST_OTHERS) {
    known.others.push(answered);
    for (const { answer: more, place: next } of known.next.values()) await checkAlike(known, answered, more, next);
  }
  return known ?? reached;
}

async function checkAlike(place: Place, other: readonly Answered[], answer: PortAnswer, next: Place): Promise<void> {
  const reached = await reach(place, other, answer);
  const isAlike = sayingOf(reached.standing) === sayingOf(next.standing);
  if (!isAlike) throw new Error('An actor remembers more than its memory says.');
}

function sayingOf(standing: Standing): string {
  if (standing.kind !== 'ended') return JSON.stringify(standing);
  return String(standing.value?.outcome?.kind ?? standing.value?.kind);
}

function run(program: Program, startedAt: number, answers: readonly PortAnswer[]): Promise<Standing> {
  return new Promise((resolve) => {
    let now = startedAt;
    let answered = 0;
    const call = (port: string, method: string, args: readonly unknown[]) => {
      const answer = answers[answered];
      if (answer) {
        answered += 1;
        now = answer.at;
        return answer.error ? Promise.reject(answer.error) : Promise.resolve(answer.value);
      }
      resolve({ kind: 'calls', call: { port, method, args } });
      return new Promise(() => undefined);
    };
    const port = (name: string): any =>
      new Proxy(
        {},
        {
          get:
            (_, method) =>
            (...args: unknown[]) =>
              call(name, String(method), args),
        },
      );
    // Whoever sleeps comes to its next call at once: that call waits for as long as the search likes.
    const sleep = () => Promise.resolve();
    program({ port, clock: { now: () => now, sleep } }).then(
      (value) => resolve({ kind: 'ended', value }),
      (error) => resolve({ kind: 'failed', error }),
    );
  });
}
