/**
 * Owns the audit trail's chain: each row holds the hash of the one before it, and the request holds the last hash and
 * the number of rows, so that a row that was changed, taken out, put in or moved is found.
 *
 * The algorithm, for whoever checks it elsewhere: hash(row) is SHA-256 in base64url of the row as JSON without `hash`,
 * members sorted by name at every level, without spaces. `previousHash` of row 1 is the hash of the request's id as a
 * JSON text; of row n that of row n - 1. The request's `audit` is {count, head}: the number of rows and the last hash.
 */
import { contentHash } from '../../shared/content-hash';
import type { Act, ActDetails, ActName } from './act';

/** One act of a request, as a row of the audit table. */
export interface AuditRow {
  readonly requestId: string;
  /** 1, 2, 3, … without gaps. */
  readonly seq: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly actor: string;
  readonly act: ActName;
  readonly details: ActDetails;
  /** Hash of the payload that the request stands for after the act. */
  readonly payloadHash: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** The end of a chain, as the request keeps it. */
export interface ChainHead {
  readonly count: number;
  readonly head: string;
}

/** The chain of a request to which nothing has happened. */
export function emptyChain(requestId: string): ChainHead {
  return { count: 0, head: contentHash(requestId) };
}

/** The rows that record acts behind `end`, and the chain's new end. */
export function extendChain(
  requestId: string,
  end: ChainHead,
  acts: readonly Act[],
  { atMs, payloadHash }: { readonly atMs: number; readonly payloadHash: string },
): { rows: AuditRow[]; end: ChainHead } {
  const rows: AuditRow[] = [];
  let { count, head } = end;
  for (const { act, actor, details } of acts) {
    count += 1;
    const row = {
      requestId,
      seq: count,
      at: new Date(atMs).toISOString(),
      actor,
      act,
      details,
      payloadHash,
      previousHash: head,
    };
    head = contentHash(row);
    rows.push({ ...row, hash: head });
  }
  return { rows, end: { count, head } };
}
