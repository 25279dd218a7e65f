import { contentHash } from './content-hash';
import type { AuditRow, Break, ChainEnd } from './row';

/**
 * The first break in the chain of one request; undefined when it is whole. `rows` ascend by `seq`; without `end` (an
 * export, where the requests' rows are not at hand) a chain that was cut off at its end looks whole.
 */
export function verifyChain(requestId: string, rows: readonly AuditRow[], end?: ChainEnd): Break | undefined {
  let previousHash = contentHash(requestId);
  for (const [index, row] of rows.entries()) {
    const found = (what: string): Break => ({ requestId, seq: index + 1, what });
    if (row.seq !== index + 1) return found(`is missing: row ${row.seq} stands in its place`);
    const { hash, ...content } = row;
    if (row.requestId !== requestId || contentHash(content) !== hash)
      return found('was changed: its content does not give its hash');
    if (row.previousHash !== previousHash) {
      // Two rows that are whole and do not fit: what comes behind vouches for one of them.
      const isVouchedFor = hash === (rows[index + 1]?.previousHash ?? end?.head);
      return index > 0 && isVouchedFor
        ? { requestId, seq: index, what: 'was replaced: the row behind it follows from another' }
        : found('was replaced: it does not follow from the row before');
    }
    previousHash = hash;
  }
  if (!end) return undefined;
  if (rows.length < end.count) return { requestId, seq: rows.length + 1, what: 'is missing: the chain was cut off' };
  if (rows.length > end.count)
    return { requestId, seq: end.count + 1, what: 'was added: the request knows nothing of it' };
  if (previousHash !== end.head)
    return { requestId, seq: rows.length, what: 'was replaced: the request names another' };
  return undefined;
}
