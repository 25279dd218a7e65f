import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { ApprovalRequest } from './request';

/** Wrong codes that close a link. */
export const MOST_ATTEMPTS = 5;

/** The row of a link. Neither the link's id nor its code stands in it. */
export interface Link {
  /** SHA-256 of the link's id, in base64url. */
  readonly hash: string;
  readonly requestId: string;
  readonly person: string;
  readonly role: 'approver' | 'requester';
  readonly generation: number;
  /** HMAC-SHA256 of the code under the link's id, in base64url. */
  readonly codeHash: string;
  /** Codes that were typed and not found to be right, or are being compared. */
  readonly attempts: number;
  readonly lastAttemptAt?: number;
  readonly isClosed: boolean;
}

/** What a mail carries. */
export interface LinkSecret {
  /** 32 characters of base64url. */
  readonly linkId: string;
  /** Six digits. */
  readonly code: string;
}

/** The port that makes links: the same person and generation always give the same secret, and only who has the key can. */
export interface LinkMaker {
  make(link: { requestId: string; person: string; generation: number }): Promise<LinkSecret>;
}

/** Link ids have 32 characters; of what is much longer only the beginning is hashed. */
const HASHED_CHARACTERS = 200;

/** Under which hash a link is stored. */
export function linkHashOf(linkId: string): string {
  return createHash('sha256').update(linkId.slice(0, HASHED_CHARACTERS)).digest('base64url');
}

/** How a code is stored. */
export function codeHashOf(linkId: string, code: string): string {
  return createHmac('sha256', linkId).update(code).digest('base64url');
}

/** Whether a code belongs to a link; takes as long for every wrong one. */
export function isRightCode({ codeHash }: Link, linkId: string, code: string): boolean {
  const [right, typed] = [Buffer.from(codeHash), Buffer.from(codeHashOf(linkId, code))];
  return right.length === typed.length && timingSafeEqual(right, typed);
}

/** The six digits that a person typed, without spaces and dashes; undefined for what can be no code. */
export function typedCode(text: string): string | undefined {
  const digits = text.replace(/[\s\u2010-\u2015-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : undefined;
}

/** Whether a link still opens its request for an act: not replaced by a later one, not closed. */
export function isLinkAlive(request: ApprovalRequest, { person, generation, isClosed }: Link): boolean {
  return !isClosed && !request.closedLinks.includes(person) && request.generations[person] === generation;
}
