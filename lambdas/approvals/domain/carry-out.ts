import { callBack } from './call-back';
import { type ChangeProps, changeRequest } from './change-request';
import type { Effect } from './effect';
import { codeHashOf, type LinkMaker, linkHashOf } from './link';
import { MailRefused } from './mail-refused';
import type { ApprovalMail, Mailer } from './mailer';
import type { ApprovalRequest } from './request';
import { RequestContended } from './request-contended';
import type { RequestStore } from './request-store';
import { requestView } from './request-view';
import { waitedFor } from './seats';
import type { TokenVault } from './token-vault';
import { type EffectResult, effectsDone } from './transitions/effects-done';
import type { WakeTimer } from './wake-timer';
import type { WorkflowCallback } from './workflow-callback';

/** What carrying effects out works with. */
export interface CarryOutProps extends ChangeProps {
  readonly store: Pick<RequestStore, 'find' | 'save' | 'putLink'>;
  readonly vault: Pick<TokenVault, 'open'>;
  readonly links: LinkMaker;
  readonly mailer: Mailer;
  readonly callback: WorkflowCallback;
  readonly timer: WakeTimer;
  /** Origin and stage of the page, without a slash at its end: a link is `${pageUrl}/a/${linkId}`. */
  readonly pageUrl: string;
}

type MailEffect = Extract<Effect, { kind: 'mail' }>;

/** So many effects are ticked off in one write, with an audit row or two for each; a transaction takes 100 items. */
const MOST_EFFECTS = 40;

/** The workflow first, then what wakes the request again, then the mails, which may be many and slow. */
const ORDER: Readonly<Record<Effect['kind'], number>> = { callback: 0, wake: 1, mail: 2 };

/**
 * Carries out what a request's row says is due, as the row is now, and ticks it off. One effect that fails does not
 * keep the others back; then the first failure is thrown, so that what is still due is tried again. Whatever dies in
 * between, the next run does again what was not ticked off: a mail with the same link, a callback that is not taken
 * twice, a schedule of the same name.
 */
export function createCarryOut(props: CarryOutProps) {
  return async (requestId: string): Promise<void> => {
    const request = await props.store.find(requestId);
    if (!request || request.effects.length === 0) return;
    const results = new Map<string, EffectResult>();
    const failures: unknown[] = [];
    const due = [...request.effects].sort((one, other) => ORDER[one.kind] - ORDER[other.kind]).slice(0, MOST_EFFECTS);
    for (const effect of due) {
      try {
        results.set(effect.id, await carryOutEffect(props, request, effect));
      } catch (error) {
        failures.push(error);
      }
    }
    if (results.size > 0) {
      const ticked = await changeRequest(props, requestId, (now, at) => ({
        outcome: undefined,
        change: effectsDone(now, results, at),
      }));
      if (ticked.kind === 'contended') failures.push(new RequestContended(requestId));
    }
    if (failures.length > 0) throw failures[0];
  };
}

async function carryOutEffect(props: CarryOutProps, request: ApprovalRequest, effect: Effect): Promise<EffectResult> {
  if (effect.kind === 'callback') return callBack(props, request);
  if (effect.kind === 'mail') return sendMail(props, request, effect);
  if (request.status !== 'pending') return 'dropped';
  await props.timer.wakeAt(request.requestId, effect.at);
  return 'set';
}

async function sendMail(props: CarryOutProps, request: ApprovalRequest, effect: MailEffect): Promise<EffectResult> {
  if (!isWanted(request, effect)) return 'dropped';
  const { mail: kind, to } = effect;
  const isLinkless = kind === 'outcome' || kind === 'link-closed';
  const link = isLinkless ? undefined : await putLink(props, request, to);
  try {
    await props.mailer.send({ kind, to, request: requestView(request), link });
    return 'sent';
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    props.log.warn('A mail is refused for good', {
      requestId: request.requestId,
      correlationId: request.correlationId,
    });
    return 'refused';
  }
}

/** Whether a mail still says what is so: the request may have gone on since it was written down. */
function isWanted(request: ApprovalRequest, { mail, to }: MailEffect): boolean {
  if (mail === 'outcome') return request.decision !== undefined;
  if (request.status !== 'pending') return false;
  if (mail === 'link-closed') return request.closedLinks.includes(to);
  return mail === 'opened' || waitedFor(request).includes(to);
}

/** Makes a person's current link, and writes its row before anybody can open it. */
async function putLink(
  { links, store, pageUrl }: CarryOutProps,
  { requestId, requester, generations, expiresAt }: ApprovalRequest,
  person: string,
): Promise<ApprovalMail['link']> {
  const generation = generations[person] ?? 1;
  const { linkId, code } = await links.make({ requestId, person, generation });
  const role = person === requester.email ? 'requester' : 'approver';
  const codeHash = codeHashOf(linkId, code);
  await store.putLink({ hash: linkHashOf(linkId), requestId, person, role, generation, codeHash }, expiresAt);
  return { url: `${pageUrl}/a/${linkId}`, code };
}
