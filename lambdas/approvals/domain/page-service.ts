import type { EditableFields } from './editable';
import type { Answer, Decision, RequestStatus } from './request';

/** A request as whoever holds a link may see it. */
export interface RequestView {
  readonly requestId: string;
  /** For logs and headers; no page shows it. */
  readonly correlationId?: string;
  readonly status: RequestStatus;
  readonly title: string;
  readonly description?: string;
  readonly requesterName: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly payloadHash: string;
  readonly editable: EditableFields;
  readonly openedAt: number;
  readonly expiresAt: number;
  /** In words: `one of 3 approvers decides`. */
  readonly ruleInWords: string;
  readonly answers: readonly Answer[];
  /** Whose answers are waited for. */
  readonly waitingFor: readonly string[];
  readonly decision?: Decision;
}

/** What a link opens. */
export type LinkView =
  /** Never made, mistyped, guessed: all the same. */
  | { readonly kind: 'unknown' }
  /**
   * `can`: what the person may still do. Empty with `whyNot` while a pending request does not want this person's answer:
   * `answered` (has given it), `not-your-turn` (sequence).
   */
  | {
      readonly kind: 'request';
      readonly person: string;
      readonly role: 'approver' | 'requester';
      readonly view: RequestView;
      readonly can: readonly ('approve' | 'reject' | 'delegate' | 'revoke')[];
      readonly whyNot?: 'answered' | 'not-your-turn';
    }
  /**
   * Was valid once: handed on to somebody else (`replaced`) or closed by wrong codes (`closed`). `view` only once the
   * request is decided, so that whoever held it sees what was decided.
   */
  | { readonly kind: 'dead'; readonly why: 'replaced' | 'closed'; readonly view?: RequestView };

/** What a person does on the page. `code` is as typed. */
export type PageAct = {
  readonly code: string;
} /** `edits`: what stands in the form's fields, by name, as text; undefined when nothing is editable. */ & (
  | {
      readonly kind: 'approve';
      readonly payloadHash: string;
      readonly edits?: Readonly<Record<string, string>>;
      readonly reason?: string;
    }
  | { readonly kind: 'reject'; readonly payloadHash: string; readonly reason: string }
  | { readonly kind: 'delegate'; readonly to: string }
  | { readonly kind: 'revoke'; readonly reason?: string }
);

/** What became of an act. Whatever it is, `link` is what the link opens now. */
export interface ActResult {
  readonly link: LinkView;
  readonly outcome: /** Recorded. */
    | { readonly kind: 'done' }
    /** Somebody, or the same person, had decided before: `link.view.decision` says what. Not an error. */
    | { readonly kind: 'decided-before' }
    | { readonly kind: 'code-missing' }
    | { readonly kind: 'code-wrong'; readonly attemptsLeft: number }
    /** The payload that the person saw is not the one that is stored. */
    | { readonly kind: 'payload-changed' }
    /** Faults of edits, reason or delegate, by form field. */
    | { readonly kind: 'invalid'; readonly faults: readonly { readonly field: string; readonly detail: string }[] }
    /** Not this person's to do, or not now. */
    | { readonly kind: 'refused' }
    | { readonly kind: 'expired' }
    /** Many writes at once: nothing was recorded, try again. */
    | { readonly kind: 'busy' };
}

/** What the page works with. Unknown and dead links give their LinkView; nothing but a broken store throws. */
export interface PageService {
  /** Reads only. `linkId` is whatever stood in the path. */
  view(linkId: string): Promise<LinkView>;
  act(linkId: string, act: PageAct): Promise<ActResult>;
}
