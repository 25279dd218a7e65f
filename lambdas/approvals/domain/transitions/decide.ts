import type { Change } from '../change';
import type { ApprovalRequest, Decision } from '../request';

/** How a request is to end; what is not said stands in the request. */
export interface Ending {
  readonly status: Decision['status'];
  readonly by: string;
  readonly at: number;
  readonly reason?: string;
  /** What was made of the payload by editing it, with its hash. */
  readonly edited?: { readonly payload: Decision['payload']; readonly payloadHash: string };
}

/** Ends a pending request: the workflow is told, and everybody who was asked. */
export function decide(request: ApprovalRequest, { status, by, at, reason, edited }: Ending): Change {
  const { payload, payloadHash } = edited ?? request;
  const decision: Decision = { status, by, at, reason, payload, payloadHash, isEdited: edited !== undefined };
  const { email } = request.requester;
  const told = new Set([...Object.keys(request.generations), ...(email === undefined ? [] : [email])]);
  return {
    request: { ...request, status, decision, callback: 'due' },
    acts: [{ act: 'Decided', actor: by, details: { status, isEdited: decision.isEdited } }],
    effects: [{ kind: 'callback' }, ...[...told].map((to) => ({ kind: 'mail', mail: 'outcome', to }) as const)],
  };
}
