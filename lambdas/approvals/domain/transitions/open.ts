import { contentHash } from '../../../shared/content-hash';
import { emptyChain } from '../audit-chain';
import { type Change, followedBy } from '../change';
import type { CheckedAsk } from '../checked-ask';
import type { ApprovalRequest, Seat } from '../request';
import { nextMomentOf } from '../request-store';
import { waitedFor } from '../seats';
import { askPeople } from './ask-people';
import { expire, isOverdue } from './expire';

/** Opens a request at `now`; `ciphertext` is its sealed task token. One whose time has passed meanwhile is expired. */
export function openRequest(ask: CheckedAsk, ciphertext: string, now: number): Change {
  const request = requestOf(ask, ciphertext, now);
  const opened: Change = {
    request,
    acts: [
      {
        act: 'RequestOpened',
        actor: 'workflow',
        details: { approvers: ask.approvers.join(' '), rule: ask.rule.kind, expiresAt: iso(request.expiresAt) },
      },
      ...(ask.isRequesterExcluded
        ? [{ act: 'RequesterExcluded', actor: 'workflow', details: { person: ask.requester.email ?? '' } } as const]
        : []),
    ],
    effects: [],
  };
  if (isOverdue(request, now)) return followedBy(opened, expire);
  const { email } = ask.requester;
  const asked = followedBy(opened, (open) => askPeople(open, waitedFor(open), 'ask'));
  const told = email === undefined ? asked : followedBy(asked, (open) => askPeople(open, [email], 'opened'));
  return { ...told, effects: [{ kind: 'wake', at: nextMomentOf(request) }, ...told.effects] };
}

function requestOf(ask: CheckedAsk, ciphertext: string, now: number): ApprovalRequest {
  const { requestId, expiresAt, reminders, escalation } = ask;
  const reminder = (count: number) => now + count * (reminders?.everySeconds ?? 0) * 1000;
  const remindAt = Array.from({ length: reminders?.atMost ?? 0 }, (_, index) => reminder(index + 1));
  return {
    requestId,
    status: 'pending',
    title: ask.title,
    description: ask.description,
    requester: ask.requester,
    payload: ask.payload,
    payloadHash: contentHash(ask.payload),
    editable: ask.editable,
    rule: ask.rule,
    seats: seatsOf(ask),
    generations: {},
    openedAt: now,
    expiresAt,
    remindAt: remindAt.filter((at) => at < expiresAt),
    escalation: escalation && { at: now + escalation.afterSeconds * 1000, to: escalation.to },
    closedLinks: [],
    undeliverable: [],
    refusedActions: [],
    token: { ciphertext, attempt: ask.attempt },
    callback: 'none',
    effects: [],
    audit: emptyChain(requestId),
    version: 0,
    correlationId: ask.correlationId,
    askedBy: ask.askedBy,
  };
}

function seatsOf({ rule, approvers }: CheckedAsk): Seat[] {
  return rule.kind === 'anyOf' ? [{ holders: approvers }] : approvers.map((approver) => ({ holders: [approver] }));
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
