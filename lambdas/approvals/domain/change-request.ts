import type { Clock } from '../../shared/clock';
import type { Observability } from '../../shared/observability/observe';
import { type Change, sealChange } from './change';
import { recordActs } from './record-acts';
import type { ApprovalRequest } from './request';
import type { RequestStore, RequestWrite } from './request-store';

/** What changing a request works with. */
export interface ChangeProps extends Observability {
  readonly store: Pick<RequestStore, 'find' | 'save'>;
  readonly clock: Clock;
}

/** What is to become of a request; without a change nothing is written. */
export interface Ruling<Outcome> {
  readonly outcome: Outcome;
  readonly change?: Change;
  readonly link?: RequestWrite['link'];
}

/** What became of it. `request` is as it is now. */
export type ChangeResult<Outcome> =
  | { readonly kind: 'ruled'; readonly outcome: Outcome; readonly request: ApprovalRequest; readonly isSaved: boolean }
  /** There is no such request. */
  | { readonly kind: 'missing' }
  /** Others wrote before each try: nothing was written. */
  | { readonly kind: 'contended' };

/** Somebody else's write came first this often in a row only when very many people click at once. */
const MOST_TRIES = 10;

/**
 * Reads a request, lets `rule` decide, and writes what it decided, provided that nobody wrote in between; else all
 * over again. `rule` is a pure function of the request and the time.
 */
export async function changeRequest<Outcome>(
  { store, clock, log, meter }: ChangeProps,
  requestId: string,
  rule: (request: ApprovalRequest, now: number) => Ruling<Outcome>,
): Promise<ChangeResult<Outcome>> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const before = await store.find(requestId);
    if (!before) return { kind: 'missing' };
    const now = clock.now();
    const { outcome, change, link } = rule(before, now);
    if (!change) return { kind: 'ruled', outcome, request: before, isSaved: false };
    const { after, auditRows } = sealChange(change, now);
    if ((await store.save({ before, after, auditRows, link })) === 'saved') {
      recordActs({ log, meter }, after, auditRows);
      return { kind: 'ruled', outcome, request: after, isSaved: true };
    }
  }
  return { kind: 'contended' };
}
