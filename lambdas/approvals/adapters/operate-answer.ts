import type { Answer, ApprovalRequest } from '../domain/request';
import { ruleInWords } from '../domain/rule';
import { waitedFor } from '../domain/seats';

/** A request in a list of the operators' API. Times are ISO 8601 in UTC. */
export function summariseRequest(request: ApprovalRequest) {
  const { requestId, status, title, requester, openedAt, expiresAt, decision } = request;
  return {
    requestId,
    status,
    title,
    requester: requester.name,
    openedAt: iso(openedAt),
    expiresAt: iso(expiresAt),
    decidedAt: decision && iso(decision.at),
    waitingFor: waitedFor(request),
    askedBy: request.askedBy,
  };
}

/** A request of the operators' API. The task token, sealed or not, is no part of it. */
export function describeRequest(request: ApprovalRequest) {
  const { decision, escalation, audit } = request;
  return {
    ...summariseRequest(request),
    requester: request.requester,
    description: request.description,
    payload: request.payload,
    payloadHash: request.payloadHash,
    editable: request.editable,
    rule: request.rule,
    ruleInWords: ruleInWords(request.rule, request.seats),
    seats: request.seats.map(({ holders, answer }) => ({ holders, answer: answer && answerOf(answer) })),
    remindAt: request.remindAt.map(iso),
    escalation: escalation && { at: iso(escalation.at), to: escalation.to },
    escalatedAt: request.escalatedAt === undefined ? undefined : iso(request.escalatedAt),
    undeliverable: request.undeliverable,
    decision: decision && { ...decision, at: iso(decision.at) },
    callback: request.callback,
    effectsDue: request.effects.map(({ kind }) => kind),
    audit,
    correlationId: request.correlationId,
  };
}

function answerOf({ at, ...answer }: Answer) {
  return { ...answer, at: iso(at) };
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
