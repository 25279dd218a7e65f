import { FormRefused } from './form-body';
import { MALFORMED_PAGE } from './message-pages';

/** The forms of the page, by their hidden field `act`. */
export type FormAct = 'decide' | 'delegate' | 'revoke';

/** A form as it was filled in. Line breaks are LF. */
export interface Submission {
  readonly act: FormAct;
  readonly code: string;
  readonly decision?: 'approve' | 'reject';
  readonly payloadHash?: string;
  readonly reason: string;
  readonly to: string;
  /** By the field's name: `edit-0`. */
  readonly edits: ReadonlyMap<string, string>;
}

/**
 * What a form says. Throws FormRefused, a 400, for what the page's forms never send: unknown fields or choices, control
 * characters, a decision without the hash of what was seen.
 */
export function readSubmission(fields: ReadonlyMap<string, string>): Submission {
  const edits = new Map<string, string>();
  for (const [name, sent] of fields) {
    const isEdit = /^edit-(0|[1-9]\d{0,2})$/.test(name);
    const mayBreakLines = isEdit || name === 'reason';
    if (!isEdit && !FIELDS.has(name)) throw new FormRefused(MALFORMED_PAGE);
    if ((mayBreakLines ? CONTROL_BUT_BREAKS : CONTROL).test(sent)) throw new FormRefused(MALFORMED_PAGE);
    if (isEdit) edits.set(name, withLineFeeds(sent));
  }
  const act = oneOf(['decide', 'delegate', 'revoke'] as const, fields.get('act'));
  const decision = fields.has('decision') ? oneOf(['approve', 'reject'] as const, fields.get('decision')) : undefined;
  const payloadHash = fields.get('payloadHash');
  if (act === 'decide' && !/^[\w-]{1,100}$/.test(payloadHash ?? '')) throw new FormRefused(MALFORMED_PAGE);
  return {
    act,
    code: (fields.get('code') ?? '').trim(),
    ...(decision && { decision }),
    ...(payloadHash !== undefined && { payloadHash }),
    reason: withLineFeeds(fields.get('reason') ?? '').trim(),
    to: (fields.get('to') ?? '').trim(),
    edits,
  };
}

/** Browsers send line breaks as CRLF, whatever the text had. */
export function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

const FIELDS = new Set(['act', 'code', 'decision', 'payloadHash', 'reason', 'to']);
const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_BREAKS = /(?![\t\n\r])\p{Cc}/u;

function oneOf<T extends string>(choices: readonly T[], sent: string | undefined): T {
  const chosen = choices.find((choice) => choice === sent);
  if (chosen === undefined) throw new FormRefused(MALFORMED_PAGE);
  return chosen;
}
