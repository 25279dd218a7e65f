import { isLinkAlive, type Link } from './link';
import type { LinkView, RequestView } from './page-service';
import type { ApprovalRequest } from './request';
import { ruleInWords } from './rule';
import { hasAnswered, waitedFor } from './seats';

/** A request as a link's holder and a mail's reader may see it. */
export function requestView(request: ApprovalRequest): RequestView {
  const answers = request.seats.flatMap(({ answer }) => answer ?? []).sort((one, other) => one.at - other.at);
  return {
    requestId: request.requestId,
    correlationId: request.correlationId,
    status: request.status,
    title: request.title,
    description: request.description,
    requesterName: request.requester.name,
    payload: request.payload,
    payloadHash: request.payloadHash,
    editable: request.editable,
    openedAt: request.openedAt,
    expiresAt: request.expiresAt,
    ruleInWords: ruleInWords(request.rule, request.seats),
    answers,
    waitingFor: waitedFor(request),
    decision: request.decision,
  };
}

/** What a link opens of its request. */
export function linkView(request: ApprovalRequest, link: Link): LinkView {
  const view = requestView(request);
  const isDecided = request.status !== 'pending';
  if (!isLinkAlive(request, link)) {
    const isReplaced = !link.isClosed && request.generations[link.person] !== link.generation;
    return { kind: 'dead', why: isReplaced ? 'replaced' : 'closed', ...(isDecided && { view }) };
  }
  const { person, role } = link;
  if (isDecided) return { kind: 'request', person, role, view, can: [] };
  if (role === 'requester') return { kind: 'request', person, role, view, can: ['revoke'] };
  if (view.waitingFor.includes(person)) {
    return { kind: 'request', person, role, view, can: ['approve', 'reject', 'delegate'] };
  }
  return { kind: 'request', person, role, view, can: [], whyNot: whyNot(request, person) };
}

function whyNot(request: ApprovalRequest, person: string): 'answered' | 'not-your-turn' {
  return hasAnswered(request, person) ? 'answered' : 'not-your-turn';
}
