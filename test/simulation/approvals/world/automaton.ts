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

/** A place in an actor's code, reached by a row of answers. */
export class Place {
  private static count = 0;
  readonly number = ++Place.count;
  readonly next = new Map<string, Place>();

  constructor(
    readonly program: Program,
    readonly startedAt: number,
    readonly answers: readonly PortAnswer[],
    readonly standing: Standing,
  ) {}
}

const roots = new Map<Program, Map<number, Place>>();

/** Where a program stands first when it is started at `at`. */
export async function startOf(program: Program, at: number): Promise<Place> {
  const places = roots.get(program) ?? new Map<number, Place>();
  roots.set(program, places);
  const known = places.get(at);
  if (known) return known;
  const place = new Place(program, at, [], await run(program, at, []));
  places.set(at, place);
  return place;
}

/** Where it stands after one more answer; a promise only the first time. */
export function afterAnswer(place: Place, answer: PortAnswer): Place | Promise<Place> {
  const { at, value, error } = answer;
  const key = `${at} ${error ? `!${error.name}` : numberOf(value)}`;
  return place.next.get(key) ?? explore(place, key, answer);
}

async function explore(place: Place, key: string, answer: PortAnswer): Promise<Place> {
  const { program, startedAt } = place;
  const answers = [...place.answers, answer];
  const next = new Place(program, startedAt, answers, await run(program, startedAt, answers));
  place.next.set(key, next);
  return next;
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
    const sleep = () => Promise.reject(new Error('No part of approvals sleeps.'));
    program({ port, clock: { now: () => now, sleep } }).then(
      (value) => resolve({ kind: 'ended', value }),
      (error) => resolve({ kind: 'failed', error }),
    );
  });
}
