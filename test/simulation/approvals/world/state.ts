/** Owns what the world of one request is made of, apart from its actors. Nothing here is ever changed in place. */
import type { AuditRow } from '../../../../lambdas/approvals/domain/audit-chain';
import type { Link } from '../../../../lambdas/approvals/domain/link';
import type { ApprovalRequest } from '../../../../lambdas/approvals/domain/request';
import { numberOf, numberOfText } from './interned';

/** A task of Step Functions that waits for its token. The first answer wins. */
export interface Task {
  readonly state: 'waiting' | 'answered' | 'timedOut';
  /** What the workflow saw. */
  readonly answer?: { readonly output?: any; readonly error?: string; readonly cause?: any };
}

/** A mail that was sent. `linkId` is the last part of its link. */
export interface SentMail {
  readonly kind: string;
  readonly to: string;
  readonly linkId?: string;
}

/** Both tables, the stream, the schedules, the mailboxes, the tasks and the dead-letter queue. */
export interface World {
  readonly now: number;
  readonly request?: ApprovalRequest;
  readonly auditRows: readonly AuditRow[];
  readonly links: Readonly<Record<string, Link>>;
  /** By task token. */
  readonly tasks: Readonly<Record<string, Task>>;
  /** Each mail once, in order of its text: who is mailed the same twice is no worse off. */
  readonly mails: readonly SentMail[];
  /** Moments of schedules that have not run. */
  readonly schedules: readonly number[];
  /** Whether the stream holds a record with effects that nobody has begun to read. */
  readonly isStreamed: boolean;
  /** Whether a stream record or a schedule was given up, so that only the sweeper is left. */
  readonly hasLost: boolean;
  readonly deadLetters: number;
}

/** The tokens of the asking state's first task, and of the one that waits when the first has timed out. */
export const FIRST_TOKEN = 'token-0';
export const SECOND_TOKEN = 'token-1';

/** A world before anybody has asked. */
export function emptyWorld(now: number): World {
  return {
    now,
    auditRows: [],
    links: {},
    tasks: { [FIRST_TOKEN]: { state: 'waiting' } },
    mails: [],
    schedules: [],
    isStreamed: false,
    hasLost: false,
    deadLetters: 0,
  };
}

const numbers = new WeakMap<World, number>();

/** The number of a world: the same exactly for the same world. */
export function numberOfWorld(world: World): number {
  const known = numbers.get(world);
  if (known !== undefined) return known;
  const { request, auditRows, links, tasks, mails, schedules } = world;
  const parts = [request, auditRows, links, tasks, mails, schedules].map(numberOf);
  const { now, isStreamed, hasLost, deadLetters } = world;
  const number = numberOfText(`world ${parts.join(' ')} ${now} ${isStreamed} ${hasLost} ${deadLetters}`);
  numbers.set(world, number);
  return number;
}

/** A list with one more item, each text once, in order. */
export function withItem<T>(items: readonly T[], item: T): readonly T[] {
  const text = JSON.stringify(item);
  if (items.some((other) => JSON.stringify(other) === text)) return items;
  return [...items, item].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
