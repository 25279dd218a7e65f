/** Owns the races that are searched: what stands when they begin, and who acts at once. */

import type { PageAct } from '../../../../lambdas/approvals/domain/page-service';
import { contentHash } from '../../../../lambdas/shared/content-hash';
import {
  type ActorKind,
  bounce,
  click,
  message,
  operate,
  REQUEST_KEY,
  SCHEDULE,
  STRAY_WAKE,
  STREAM,
  SWEEP_AFTER_MS,
  SWEEPER,
} from './actors';
import { runAlone, runTriggers } from './moves';
import { REFUSED_ADDRESS, RIGHT_CODE, WRONG_CODE } from './outside-steps';
import type { Start } from './search';
import { emptyWorld, FIRST_TOKEN, SECOND_TOKEN, type World } from './state';

/** A race. */
export interface Scenario {
  readonly ask?: object;
  /** Whether the request is open and everybody mailed when the race begins. */
  readonly isFresh?: boolean;
  /** What happens, one after another, before the race. */
  readonly before?: readonly ActorKind[];
  /** Who acts at once; a number for so many of one kind. */
  readonly actors: readonly (ActorKind | readonly [number, ActorKind])[];
  /** Moments of the race in milliseconds after the request was opened; the first is its beginning. */
  readonly moments?: readonly number[];
  readonly timeout?: Start['timeout'];
  /** How the request must be able to stand in the end, all of them. */
  readonly outcomes: readonly string[];
  /** What must be told in some order, as `anna approves: done`. */
  readonly told?: readonly string[];
  /** Has too many states for one fault in `npm test`. */
  readonly isLarge?: boolean;
}

const OPENED_AT = Date.UTC(2026, 0, 5, 8);
const EXPIRES_MS = 3_600_000;

const ANNA = 'anna@example.com';
const BEN = 'ben@example.com';
const CARA = 'cara@example.com';
const DORA = 'dora@example.com';
const EVE = 'eve@example.com';
const RITA = 'rita@example.com';

const PAYLOAD = { amount: 120, supplier: 'Acme' };
const code = RIGHT_CODE;
const payloadHash = contentHash(PAYLOAD);

const APPROVE: PageAct = { kind: 'approve', code, payloadHash };
const REJECT: PageAct = { kind: 'reject', code, payloadHash, reason: 'too dear' };
const GUESS: PageAct = { kind: 'approve', code: WRONG_CODE, payloadHash };

/** The ask that races begin with. */
export const ASK = {
  kind: 'ask',
  version: 1,
  requestKey: REQUEST_KEY,
  attempt: 0,
  taskToken: FIRST_TOKEN,
  title: 'Pay the invoice',
  requester: { name: 'Rita' },
  payload: PAYLOAD,
  approvers: [ANNA],
  askedAt: new Date(OPENED_AT).toISOString(),
  expiresInSeconds: EXPIRES_MS / 1000,
};

const askedBy = { requester: { name: 'Rita', email: RITA } };
const approvers = [ANNA, BEN, CARA];
const escalation = { afterSeconds: 1800, to: [EVE] };

const isMailed = (person: string) => (world: World) => world.mails.some(({ to, linkId }) => to === person && linkId);
const secondTaskWaits = ({ tasks }: World) => tasks[SECOND_TOKEN] !== undefined;

/** A code that is wrong, typed by whoever. */
const guess: ActorKind = { ...click(ANNA, GUESS), name: 'anna guesses' };

/** The races, by name. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'approve and reject at once': {
    ask: { approvers: [ANNA, BEN] },
    actors: [click(ANNA, APPROVE), click(BEN, REJECT), STREAM],
    outcomes: ['approved', 'rejected'],
    told: ['anna approves: done', 'anna approves: decided-before', 'ben rejects: done', 'ben rejects: decided-before'],
  },
  'approve and reject by one person at once': {
    actors: [click(ANNA, APPROVE), click(ANNA, REJECT), STREAM],
    outcomes: ['approved', 'rejected'],
  },
  'two right clicks': { actors: [[2, click(ANNA, APPROVE)], STREAM], outcomes: ['approved'] },
  'two persons of any': {
    ask: { approvers: [ANNA, BEN] },
    actors: [click(ANNA, APPROVE), click(BEN, APPROVE), STREAM],
    outcomes: ['approved'],
  },
  'an edit and an approval at once': {
    ask: { approvers: [ANNA, BEN], editable: { amount: { type: 'integer', label: 'Amount' } } },
    actors: [click(ANNA, { ...APPROVE, edits: { amount: '80' } }), click(BEN, APPROVE), STREAM],
    outcomes: ['approved'],
  },
  'two of three': {
    ask: { approvers, rule: { kind: 'kOf', needed: 2 } },
    actors: [click(ANNA, APPROVE), click(BEN, APPROVE), click(CARA, REJECT), STREAM],
    outcomes: ['approved'],
  },
  'one after another': {
    ask: { approvers: [ANNA, BEN], rule: { kind: 'inSequence' } },
    actors: [
      click(ANNA, APPROVE),
      { ...click(BEN, APPROVE), name: 'ben is early' },
      click(BEN, REJECT, { isReady: isMailed(BEN) }),
      STREAM,
    ],
    outcomes: ['approved', 'rejected'],
    told: ['ben is early: unknown', 'ben is early: done'],
  },
  'a task that times out': {
    actors: [click(ANNA, APPROVE), STREAM],
    timeout: 'ends',
    outcomes: ['approved'],
  },
  'a click in the last moment': {
    isLarge: true,
    ask: { requester: { name: 'Rita' } },
    actors: [click(ANNA, APPROVE), STREAM, SCHEDULE, STRAY_WAKE],
    moments: [EXPIRES_MS - 1, EXPIRES_MS, EXPIRES_MS + 1],
    outcomes: ['approved', 'expired'],
    told: ['anna approves: done', 'anna approves: expired'],
  },
  'a click before anything is stored': {
    isFresh: true,
    actors: [message('ask', ASK), click(ANNA, APPROVE), STREAM],
    outcomes: ['approved', 'pending'],
    told: ['anna approves: unknown', 'anna approves: done'],
  },
  'a person who clicks until it is answered': {
    isFresh: true,
    actors: [message('ask', ASK), click(ANNA, APPROVE, { isReady: isMailed(ANNA), isPatient: true }), STREAM],
    outcomes: ['approved'],
    told: ['anna approves: done'],
  },
  'five wrong codes and the right one': {
    before: [guess, guess, guess],
    actors: [[2, guess], click(ANNA, APPROVE), STREAM],
    outcomes: ['approved', 'pending'],
    told: ['anna approves: done', 'anna approves: refused', 'anna approves: busy', 'anna guesses: code-wrong'],
  },
  'seven wrong codes': {
    isLarge: true,
    before: [guess, guess],
    actors: [[5, guess], STREAM],
    outcomes: ['pending'],
    told: ['anna guesses: code-wrong', 'anna guesses: refused'],
  },
  'a link that is closed and mailed anew': {
    isLarge: true,
    before: [guess, guess, guess, guess],
    actors: [guess, click(ANNA, APPROVE), operate({ kind: 'remind' }), STREAM],
    outcomes: ['approved', 'pending'],
  },
  'a delegation and an answer by who delegates': {
    actors: [
      click(ANNA, { kind: 'delegate', code, to: DORA }),
      click(ANNA, APPROVE),
      click(DORA, REJECT, { isReady: isMailed(DORA) }),
      STREAM,
    ],
    outcomes: ['approved', 'rejected'],
    told: ['anna delegates: done', 'anna approves: refused', 'anna delegates: decided-before', 'dora rejects: done'],
  },
  'a seat that goes away and comes back': {
    actors: [
      operate({ kind: 'reassign', from: ANNA, to: DORA }),
      operate({ kind: 'reassign', from: DORA, to: ANNA }),
      click(ANNA, APPROVE),
      STREAM,
    ],
    outcomes: ['approved', 'pending'],
    told: ['anna approves: done', 'anna approves: refused'],
  },
  'a revocation and an approval': {
    ask: askedBy,
    actors: [click(RITA, { kind: 'revoke', code }), click(ANNA, APPROVE), STREAM],
    outcomes: ['approved', 'revoked'],
    told: ['rita revokes: done', 'rita revokes: decided-before', 'anna approves: decided-before'],
  },
  'an operator who revokes': {
    actors: [operate({ kind: 'revoke', reason: 'not any more' }), click(ANNA, APPROVE), STREAM],
    outcomes: ['approved', 'revoked'],
  },
  'the requester who clicks to approve': {
    ask: { ...askedBy, approvers: [ANNA, RITA] },
    actors: [click(RITA, APPROVE), click(ANNA, { kind: 'delegate', code, to: RITA }), STREAM],
    outcomes: ['pending'],
    told: ['rita approves: refused', 'anna delegates: invalid'],
  },
  'a bounce and an answer': {
    isLarge: true,
    ask: { escalation },
    actors: [bounce(ANNA), click(ANNA, APPROVE), click(EVE, REJECT, { isReady: isMailed(EVE) }), STREAM],
    outcomes: ['approved', 'rejected'],
  },
  'a bounce that nobody answers': { ask: { escalation }, actors: [[2, bounce(ANNA)], STREAM], outcomes: ['pending'] },
  'a bounce, two needed, and a contact who is asked already': {
    ask: { approvers: [ANNA, BEN], rule: { kind: 'kOf', needed: 2 }, escalation: { ...escalation, to: [BEN] } },
    actors: [bounce(ANNA), click(BEN, APPROVE), STREAM],
    outcomes: ['pending'],
  },
  'a bounce in a sequence, and a contact whose turn comes': {
    ask: { approvers: [ANNA, BEN], rule: { kind: 'inSequence' }, escalation: { ...escalation, to: [BEN] } },
    actors: [bounce(ANNA), STREAM],
    outcomes: ['pending'],
  },
  'a mail that is refused for good': {
    isFresh: true,
    ask: { approvers: [ANNA, REFUSED_ADDRESS], rule: { kind: 'kOf', needed: 2 }, escalation },
    actors: [
      message('ask', { ...ASK, approvers: [ANNA, REFUSED_ADDRESS], rule: { kind: 'kOf', needed: 2 }, escalation }),
      click(ANNA, APPROVE, { isReady: isMailed(ANNA) }),
      STREAM,
    ],
    outcomes: ['pending'],
  },
  'the same ask twice at once': {
    isFresh: true,
    actors: [[2, message('ask', ASK)], STREAM],
    outcomes: ['pending'],
  },
  'a later attempt while it is decided': {
    timeout: 'triesAgain',
    actors: [
      message('ask again', { ...ASK, attempt: 1, taskToken: SECOND_TOKEN }, secondTaskWaits),
      message('ask', ASK),
      click(ANNA, APPROVE),
      STREAM,
    ],
    outcomes: ['approved'],
  },
  'the sweeper and the stream': {
    before: [click(ANNA, APPROVE)],
    actors: [STREAM, SWEEPER],
    moments: [0, SWEEP_AFTER_MS],
    outcomes: ['approved'],
  },
  'the sweeper, the stream and a click': {
    isLarge: true,
    isFresh: true,
    actors: [message('ask', ASK), click(ANNA, APPROVE), STREAM, SWEEPER],
    moments: [0, SWEEP_AFTER_MS],
    outcomes: ['approved', 'pending'],
  },
  'reminder, escalation and an answer': {
    ask: { reminders: { everySeconds: 1800, atMost: 1 }, escalation },
    actors: [click(ANNA, APPROVE), SCHEDULE, STREAM],
    moments: [1_800_000 - 1, 1_800_000],
    outcomes: ['approved'],
  },
  'a reminder and a link that is closed': {
    isLarge: true,
    ask: { reminders: { everySeconds: 1800, atMost: 1 } },
    before: [guess, guess, guess, guess],
    actors: [guess, click(ANNA, APPROVE), SCHEDULE, STREAM],
    moments: [1_800_000],
    outcomes: ['approved', 'pending'],
  },
};

/** So many right clicks at once by one person; what follows from them is carried out when all have their answer. */
export function rightClicks(count: number): Scenario {
  return { actors: [[count, click(ANNA, APPROVE)]], outcomes: ['approved'], told: ['anna approves: done'] };
}

/** The first state of a race. */
export async function startOfScenario(scenario: Scenario, faults: number): Promise<Start> {
  const { moments = [0], timeout, before = [] } = scenario;
  const at = moments.map((moment) => OPENED_AT + moment);
  let world = emptyWorld(OPENED_AT);
  if (!scenario.isFresh) {
    world = (await runAlone(world, message('ask', { ...ASK, ...scenario.ask }))).world;
    world = await runTriggers(world, STREAM);
  }
  for (const actor of before) world = (await runAlone(world, actor)).world;
  const counted = scenario.actors.map((entry) => ('name' in entry ? ([1, entry] as const) : entry));
  const actors = counted.flatMap(([count], kind) =>
    Array.from({ length: count }, () => ({ kind, position: { kind: 'ready' as const } })),
  );
  return {
    kinds: counted.map(([, kind]) => kind),
    moments: at,
    timeout,
    state: { world: { ...world, now: at[0]! }, actors, faultsLeft: faults },
  };
}
