import type { Act } from '../act';
import { type Change, followedBy } from '../change';
import type { Effect } from '../effect';
import type { ApprovalRequest } from '../request';
import { undeliverable } from './undeliverable';

/** What became of an effect. */
export type EffectResult =
  /** Mails. */
  | 'sent'
  /** Mails that will never be accepted. */
  | 'refused'
  /** Callbacks. */
  | 'delivered'
  | 'gone'
  /** Wakes. */
  | 'set'
  /** No longer needed. */
  | 'dropped';

/**
 * Ticks off effects by their ids; undefined when none of them is due any more. A mail that was refused for good is
 * like one that bounced.
 */
export function effectsDone(
  request: ApprovalRequest,
  results: ReadonlyMap<string, EffectResult>,
  now: number,
): Change | undefined {
  const done = request.effects.filter(({ id }) => results.has(id));
  if (done.length === 0) return undefined;
  const callback = done
    .filter(({ kind }) => kind === 'callback')
    .map(({ id }) => results.get(id))
    .find((result) => result === 'delivered' || result === 'gone');
  const isAskTaken = done.some((effect) => isAsk(effect) && results.get(effect.id) === 'sent');
  const effects = request.effects.filter(({ id }) => !results.has(id));
  const ticked: Change = {
    request: {
      ...request,
      callback: callback ?? request.callback,
      mailTakenAt: request.mailTakenAt ?? (isAskTaken ? now : undefined),
      effects,
      effectsSince: effects.length > 0 ? request.effectsSince : undefined,
    },
    acts: done.flatMap((effect) => actOf(effect, results.get(effect.id))),
    effects: [],
  };
  return done
    .flatMap((effect) => (effect.kind === 'mail' && results.get(effect.id) === 'refused' ? [effect.to] : []))
    .reduce((change, person) => followedBy(change, (next) => undeliverable(next, person, 'refused', now)), ticked);
}

/** Whether a mail has a link to answer by. */
function isAsk(effect: Effect): boolean {
  return effect.kind === 'mail' && !['link-closed', 'opened', 'outcome'].includes(effect.mail);
}

function actOf(effect: Effect, result: EffectResult | undefined): Act[] {
  if (effect.kind === 'mail' && (result === 'sent' || result === 'refused')) {
    const details = { mail: effect.mail, to: effect.to };
    return [{ act: result === 'sent' ? 'MailSent' : 'MailRefused', actor: 'mail', details }];
  }
  if (effect.kind === 'callback' && (result === 'delivered' || result === 'gone')) {
    return [{ act: result === 'delivered' ? 'CallbackDelivered' : 'CallbackNotTaken', actor: 'workflow', details: {} }];
  }
  return [];
}
