import { type ChangeProps, changeRequest, type Ruling } from './change-request';
import { isLinkAlive, isRightCode, type Link, linkHashOf, MOST_ATTEMPTS, typedCode } from './link';
import type { ActResult, LinkView, PageAct, PageService } from './page-service';
import type { ApprovalRequest } from './request';
import type { AttemptReservation, RequestStore } from './request-store';
import { linkView } from './request-view';
import { hasAnswered } from './seats';
import { answer } from './transitions/answer';
import { closeLink } from './transitions/close-link';
import { expire, isOverdue } from './transitions/expire';
import { delegate } from './transitions/hand-on';
import { revoke } from './transitions/revoke';

/** What the page's service works with. */
export interface PageServiceProps extends ChangeProps {
  readonly store: Pick<RequestStore, 'find' | 'save' | 'findLink' | 'reserveAttempt' | 'giveBackAttempt'>;
}

type Outcome = ActResult['outcome'];

/** An attempt that has been under way for longer than a function may run was left behind by one that died. */
const LOST_ATTEMPT_MS = 60_000;

/** How long an attempt waits while another write is at the link; together less than a person notices. */
const CONTENDED_PAUSES_MS = [25, 50, 100];

const UNKNOWN: ActResult = { link: { kind: 'unknown' }, outcome: { kind: 'refused' } };

/**
 * What people may do with a link. An act first reserves an attempt on the link and only then compares the code, so
 * that no number of clicks at once tries more codes than MOST_ATTEMPTS; the attempt is given back when the code was
 * right. An act whose outcome is certain without a code (no code, decided, dead link, not this person's turn) costs
 * none. A text that can be no code counts as none, so that a scanner that fills in the form cannot close a link.
 */
export function createPageService(props: PageServiceProps): PageService {
  const { clock } = props;

  return {
    async view(linkId) {
      const found = await findBoth(props, linkId);
      return found ? linkView(asOf(found.request, clock.now()), found.link) : { kind: 'unknown' };
    },

    async act(linkId, act) {
      const found = await findBoth(props, linkId);
      if (!found) return UNKNOWN;
      const { link } = found;
      const code = typedCode(act.code);
      const request = asOf(found.request, clock.now());
      if (code === undefined) {
        const outcome: Outcome = request.status === 'pending' ? { kind: 'code-missing' } : endedOutcome(request);
        return { link: linkView(request, link), outcome };
      }
      // An overdue request is ended by whoever acts on it, whatever the code: its time is up for everybody.
      if (request !== found.request) return carryThrough(props, link, (ended) => ({ outcome: endedOutcome(ended) }));
      const known = outcomeWithoutCode(request, link, act);
      if (known) return { link: linkView(request, link), outcome: known };

      const reservation = await reserve(props, link);
      if (reservation.kind === 'contended') return withoutAttempt(props, link);
      if (reservation.kind === 'exhausted') return withoutAttempt(props, reservation.link);
      if (!isRightCode(link, linkId, code)) return wrongCode(props, link, reservation.attempts);
      return rightCode(props, link, act);
    },
  };
}

async function findBoth(
  { store }: PageServiceProps,
  linkId: string,
): Promise<{ link: Link; request: ApprovalRequest } | undefined> {
  const link = await store.findLink(linkHashOf(linkId));
  const request = link && (await store.find(link.requestId));
  return link && request && { link, request };
}

/** A request as it is at `now`: one whose time is up is expired, whether or not that has been written. */
function asOf(request: ApprovalRequest, now: number): ApprovalRequest {
  return isOverdue(request, now) ? expire(request).request : request;
}

/** What is certain before a code is looked at. */
function outcomeWithoutCode(request: ApprovalRequest, link: Link, { kind }: PageAct): Outcome | undefined {
  if (request.status !== 'pending') return endedOutcome(request);
  const view = linkView(request, link);
  if (view.kind === 'request' && view.can.includes(kind)) return undefined;
  const isRepeated = view.kind === 'request' && hasAnswered(request, link.person) && kind !== 'revoke';
  return { kind: isRepeated ? 'decided-before' : 'refused' };
}

function endedOutcome({ status }: ApprovalRequest): Outcome {
  return { kind: status === 'expired' ? 'expired' : 'decided-before' };
}

async function wrongCode(props: PageServiceProps, link: Link, attempts: number): Promise<ActResult> {
  const outcome: Outcome = { kind: 'code-wrong', attemptsLeft: Math.max(0, MOST_ATTEMPTS - attempts) };
  if (attempts >= MOST_ATTEMPTS) return close(props, link, outcome);
  return { link: await viewNow(props, link), outcome };
}

/** Waits while a transaction is at the link, as that of somebody's double click is. */
async function reserve({ store, clock }: PageServiceProps, link: Link): Promise<AttemptReservation> {
  for (const pauseMs of CONTENDED_PAUSES_MS) {
    const reservation = await store.reserveAttempt(link.hash, clock.now());
    if (reservation.kind !== 'contended') return reservation;
    await clock.sleep(pauseMs);
  }
  return store.reserveAttempt(link.hash, clock.now());
}

/**
 * No attempt was to be had: all are used or under way, by right codes that came first, by wrong ones, or by functions
 * that died. What the first of them made of the request is the answer.
 */
async function withoutAttempt(props: PageServiceProps, link: Link): Promise<ActResult> {
  const { store, clock } = props;
  const request = await store.find(link.requestId);
  if (!request) return UNKNOWN;
  if (request.status !== 'pending') return { link: linkView(request, link), outcome: endedOutcome(request) };
  if (!isLinkAlive(request, link)) return { link: linkView(request, link), outcome: { kind: 'refused' } };
  const isUsedUp = link.attempts >= MOST_ATTEMPTS;
  const isLost = isUsedUp && (link.lastAttemptAt ?? 0) + LOST_ATTEMPT_MS <= clock.now();
  if (isLost) return close(props, link, { kind: 'refused' });
  return { link: linkView(request, link), outcome: { kind: 'busy' } };
}

function close(props: PageServiceProps, link: Link, outcome: Outcome): Promise<ActResult> {
  return carryThrough(props, link, (request) => ({
    outcome,
    change: closeLink(request, link),
    link: { hash: link.hash, change: 'close' },
  }));
}

async function rightCode(props: PageServiceProps, link: Link, act: PageAct): Promise<ActResult> {
  const result = await changeRequest(props, link.requestId, (request, now) => ({
    ...ruling(request, link, act, now),
    link: { hash: link.hash, change: 'reset' },
  }));
  if (result.kind !== 'ruled' || !result.isSaved) await props.store.giveBackAttempt(link.hash);
  if (result.kind === 'missing') return UNKNOWN;
  if (result.kind === 'contended') return { link: await viewNow(props, link), outcome: { kind: 'busy' } };
  return { link: linkView(result.request, link), outcome: result.outcome };
}

/** What an act with the right code comes to. */
function ruling(request: ApprovalRequest, link: Link, act: PageAct, now: number): Ruling<Outcome> {
  if (isOverdue(request, now)) return { outcome: { kind: 'expired' }, change: expire(request) };
  const known = outcomeWithoutCode(request, link, act);
  if (known) return { outcome: known };
  const result = resultOf(request, link.person, act, now);
  switch (result.kind) {
    case 'taken':
      return { outcome: { kind: 'done' }, change: result.change };
    case 'payload-changed':
      return { outcome: { kind: 'payload-changed' }, change: result.change };
    case 'invalid':
      return { outcome: { kind: 'invalid', faults: result.faults } };
    case 'refused':
      return { outcome: { kind: 'refused' } };
  }
}

function resultOf(request: ApprovalRequest, person: string, act: PageAct, now: number) {
  switch (act.kind) {
    case 'approve':
    case 'reject':
      return answer(request, { ...act, person, decision: act.kind }, now);
    case 'delegate':
      return delegate(request, person, act.to);
    case 'revoke':
      return revoke(request, person, act.reason, now);
  }
}

/** Changes a request for the page without touching the attempts; an overdue one is expired instead. */
async function carryThrough(
  props: PageServiceProps,
  link: Link,
  rule: (request: ApprovalRequest) => Ruling<Outcome>,
): Promise<ActResult> {
  const result = await changeRequest(props, link.requestId, (request, now): Ruling<Outcome> => {
    if (isOverdue(request, now)) return { outcome: { kind: 'expired' }, change: expire(request) };
    return rule(request);
  });
  if (result.kind === 'missing') return UNKNOWN;
  if (result.kind === 'contended') return { link: await viewNow(props, link), outcome: { kind: 'busy' } };
  return { link: linkView(result.request, link), outcome: result.outcome };
}

async function viewNow({ store, clock }: PageServiceProps, link: Link): Promise<LinkView> {
  const request = await store.find(link.requestId);
  return request ? linkView(asOf(request, clock.now()), link) : { kind: 'unknown' };
}
