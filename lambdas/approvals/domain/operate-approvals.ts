import { mailAddressOf } from '../contracts/fields';
import { type ChangeProps, changeRequest, type Ruling } from './change-request';
import type { FieldFault } from './field-fault';
import type { ApprovalRequest, RequestStatus } from './request';
import type { RequestPage, RequestStore } from './request-store';
import { expire, isOverdue } from './transitions/expire';
import { reassign } from './transitions/hand-on';
import { remind } from './transitions/remind';
import { revoke } from './transitions/revoke';

/** What operating works with. */
export interface OperateProps extends ChangeProps {
  readonly store: Pick<RequestStore, 'find' | 'save' | 'list'>;
}

/** What an operator does. */
export type OperatorAct =
  | { readonly kind: 'remind' }
  | { readonly kind: 'revoke'; readonly reason?: string }
  | { readonly kind: 'reassign'; readonly from: string; readonly to: string };

/** What became of it. */
export type OperatorResult =
  | { readonly kind: 'done'; readonly request: ApprovalRequest }
  /** The request has its end. */
  | { readonly kind: 'decided'; readonly request: ApprovalRequest }
  | { readonly kind: 'invalid'; readonly faults: readonly FieldFault[] }
  | { readonly kind: 'missing' }
  | { readonly kind: 'busy' };

type Verdict =
  | { readonly kind: 'done' | 'decided' }
  | { readonly kind: 'invalid'; readonly faults: readonly FieldFault[] };

/** What operators see and do. Reading shows a request whose time is up as expired and changes nothing. */
export function createOperateApprovals(props: OperateProps) {
  const { store, clock } = props;
  const asOfNow = (request: ApprovalRequest) => (isOverdue(request, clock.now()) ? expire(request).request : request);

  return {
    /** A page of one status, the latest first. Throws InvalidCursor. */
    async list(query: { status: RequestStatus; limit: number; cursor?: string }): Promise<RequestPage> {
      const { requests, cursor } = await store.list(query);
      return { requests: requests.map(asOfNow), cursor };
    },

    async find(requestId: string): Promise<ApprovalRequest | undefined> {
      const request = await store.find(requestId);
      return request && asOfNow(request);
    },

    /** `operator`: the ARN of who calls. */
    async act(requestId: string, operator: string, act: OperatorAct): Promise<OperatorResult> {
      const result = await changeRequest(props, requestId, (request, now) => ruling(request, operator, act, now));
      if (result.kind === 'missing') return { kind: 'missing' };
      if (result.kind === 'contended') return { kind: 'busy' };
      const { outcome, request } = result;
      return outcome.kind === 'invalid' ? outcome : { kind: outcome.kind, request };
    },
  };
}

function ruling(request: ApprovalRequest, operator: string, act: OperatorAct, now: number): Ruling<Verdict> {
  if (request.status !== 'pending') return { outcome: { kind: 'decided' } };
  if (isOverdue(request, now)) return { outcome: { kind: 'decided' }, change: expire(request) };
  if (act.kind === 'remind') return { outcome: { kind: 'done' }, change: remind(request, operator) };
  const result =
    act.kind === 'revoke'
      ? revoke(request, operator, act.reason, now)
      : reassign(request, operator, mailAddressOf(act.from) ?? act.from, mailAddressOf(act.to) ?? act.to);
  if (result.kind === 'refused') return { outcome: { kind: 'decided' } };
  if (result.kind === 'invalid') return { outcome: result };
  return { outcome: { kind: 'done' }, change: result.change };
}
