/** Owns who acts in these worlds: the real functions of approvals over ports, each with what starts it. */
import { createPageService } from '../../../../lambdas/approvals/domain/approval-page-service';
import { createCarryOut } from '../../../../lambdas/approvals/domain/carry-out';
import type { Link } from '../../../../lambdas/approvals/domain/link';
import { createMailFeedback } from '../../../../lambdas/approvals/domain/mail-feedback';
import { createOpenRequest } from '../../../../lambdas/approvals/domain/open-request';
import { createOperateApprovals, type OperatorAct } from '../../../../lambdas/approvals/domain/operate-approvals';
import type { PageAct } from '../../../../lambdas/approvals/domain/page-service';
import { requestIdOf } from '../../../../lambdas/approvals/domain/request-id';
import type { AttemptReservation } from '../../../../lambdas/approvals/domain/request-store';
import { createSweepApprovals } from '../../../../lambdas/approvals/domain/sweep-approvals';
import { createWakeRequest } from '../../../../lambdas/approvals/domain/wake-request';
import { silentLog } from '../../../../lambdas/shared/observability/log';
import { silentMeter } from '../../../../lambdas/shared/observability/meter';
import type { ActorParts, Memory, Program } from './automaton';
import { linkIdOf, RIGHT_CODE } from './outside-steps';
import type { World } from './state';

/** Every world is about this request. */
export const REQUEST_KEY = 'arn:execution/Ask/2026-01-05T08:00:00Z';
export const REQUEST_ID = requestIdOf(REQUEST_KEY);

/** How long the stream and the schedules have before the sweeper looks. */
export const SWEEP_AFTER_MS = 121_000;

/**
 * What starts an actor, and what becomes of it when it fails or dies:
 * - `person`: acts once; a failure is seen and nothing comes of itself, unless `isPatient`: then again until answered;
 * - `message`: of a queue, until it has been worked through;
 * - `stream`: whenever there is a record, one reader at a time; a record that failed is read again;
 * - `schedule`: when a moment has come; a failed one is tried again;
 * - `sweeper`: runs once.
 */
export interface ActorKind {
  readonly name: string;
  readonly trigger: 'person' | 'message' | 'stream' | 'schedule' | 'sweeper';
  readonly program: Program;
  /** Without it every answer counts. */
  readonly memory?: Memory;
  /** Holds once the actor can begin. */
  readonly isReady?: (world: World) => boolean;
  readonly isPatient?: boolean;
  /** Of persons with a link. */
  readonly click?: { readonly person: string; readonly linkId: string; readonly act: PageAct };
}

const parts = ({ port, clock }: ActorParts) => ({
  store: port<any>('store'),
  vault: port<any>('vault'),
  links: port<any>('links'),
  mailer: port<any>('mailer'),
  callback: port<any>('callback'),
  timer: port<any>('timer'),
  deadLetters: port<any>('deadLetters'),
  pageUrl: 'https://approvals.example.com',
  clock,
  log: silentLog,
  meter: silentMeter,
});

const carryOut: Program = (actor) => createCarryOut(parts(actor))(REQUEST_ID);
const wake: Program = (actor) => createWakeRequest(parts(actor))(REQUEST_ID);
const sweep: Program = (actor) =>
  createSweepApprovals({
    ...parts(actor),
    carryOut: createCarryOut(parts(actor)),
    wake: createWakeRequest(parts(actor)),
  })({ getRemainingTimeInMillis: () => 60_000 });

export const STREAM: ActorKind = { name: 'stream', trigger: 'stream', program: carryOut };
export const SCHEDULE: ActorKind = { name: 'schedule', trigger: 'schedule', program: wake };

/** The sweeper, which begins when it may find something. */
export const SWEEPER: ActorKind = {
  name: 'sweeper',
  trigger: 'sweeper',
  program: sweep,
  isReady: ({ request, now }) => request !== undefined && now >= request.openedAt + SWEEP_AFTER_MS,
};

/** A schedule that is delivered once more, or by a sweeper, at whatever moment. */
export const STRAY_WAKE: ActorKind = { name: 'stray wake', trigger: 'message', program: wake };

/** The page's service knows its link, the request as it was last read, and, of a wrong code, the attempts counted. */
function memoryOfClick({ code }: PageAct): Memory {
  return (answered) => {
    const indexOf = (method: string) => answered.map((one) => one.method).lastIndexOf(method);
    const {
      attempts: _,
      lastAttemptAt: __,
      ...link
    } = (answered[indexOf('findLink')]?.answer.value ?? {}) as Partial<Link>;
    const reserved = answered[indexOf('reserveAttempt')]?.answer.value as AttemptReservation | undefined;
    // What was read before the attempt is not looked at again once the attempt was counted.
    const found = indexOf('find') < indexOf('reserveAttempt') && reserved?.kind === 'reserved' ? -1 : indexOf('find');
    const counted = code === RIGHT_CODE && reserved?.kind === 'reserved' ? 'reserved' : reserved;
    return [link, answered[found]?.answer.value, counted, answered.at(-1)?.answer.error?.name];
  };
}

/** Somebody acts through a mailed link. */
export function click(
  person: string,
  act: PageAct,
  options: { generation?: number; isReady?: ActorKind['isReady']; isPatient?: boolean } = {},
): ActorKind {
  const { generation = 1, ...rest } = options;
  const linkId = linkIdOf(person, generation);
  return {
    name: `${person.split('@')[0]} ${act.kind}s${act.code === '' ? ' without a code' : ''}`,
    trigger: 'person',
    program: (actor) => createPageService(parts(actor)).act(linkId, act),
    click: { person, linkId, act },
    memory: memoryOfClick(act),
    ...rest,
  };
}

/** A message of the approvals queue. */
export function message(name: string, body: object, isReady?: ActorKind['isReady']): ActorKind {
  const text = JSON.stringify(body);
  const program: Program = (actor) => createOpenRequest(parts(actor))({ messageId: name, body: text });
  return { name, trigger: 'message', program, isReady };
}

/** A bounce of a person's mail. */
export function bounce(person: string): ActorKind {
  const body = JSON.stringify({
    'detail-type': 'Email Bounced',
    detail: {
      mail: { tags: { requestId: [REQUEST_ID] } },
      bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: person }] },
    },
  });
  const program: Program = (actor) => createMailFeedback(parts(actor))({ messageId: 'bounce', body });
  return { name: `bounce of ${person.split('@')[0]}`, trigger: 'message', program };
}

/** An operator. */
export function operate(act: OperatorAct): ActorKind {
  const program: Program = (actor) => createOperateApprovals(parts(actor)).act(REQUEST_ID, OPERATOR, act);
  return { name: `operator ${act.kind}s`, trigger: 'person', program };
}

export const OPERATOR = 'arn:aws:iam::000000000000:user/operator';
