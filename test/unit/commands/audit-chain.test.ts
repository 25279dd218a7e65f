import fc from 'fast-check';
import { contentHash } from '../../../bin/commands/audit/content-hash';
import type { AuditRow, ChainEnd } from '../../../bin/commands/audit/row';
import { verifyChain } from '../../../bin/commands/audit/verify-chain';

const ID = 'a-request';

/** A whole chain of `length` rows. */
function chainOf(length: number): { rows: AuditRow[]; end: ChainEnd } {
  const rows: AuditRow[] = [];
  let previousHash = contentHash(ID);
  for (let seq = 1; seq <= length; seq++) {
    const content = { requestId: ID, seq, at: 1000 * seq, actor: 'ada@example.com', act: 'Approved', previousHash };
    const hash = contentHash(content);
    rows.push({ ...content, hash });
    previousHash = hash;
  }
  return { rows, end: { count: length, head: previousHash } };
}

/** The same row with another content and a hash that fits it. */
function forged(row: AuditRow, change: object): AuditRow {
  const { hash: _, ...content } = { ...row, ...change };
  return { ...content, hash: contentHash(content) } as AuditRow;
}

const position = fc.integer({ min: 2, max: 12 }).chain((length) => fc.tuple(fc.constant(length), fc.nat(length - 1)));

describe('verifyChain', () => {
  it('finds nothing in a whole chain', () => {
    for (const length of [0, 1, 2, 50]) {
      const { rows, end } = length ? chainOf(length) : { rows: [], end: { count: 0, head: contentHash(ID) } };
      expect(verifyChain(ID, rows, end)).toBeUndefined();
    }
  });

  it('names the row whose content was changed', () => {
    fc.assert(
      fc.property(position, fc.constantFrom('at', 'actor', 'act'), ([length, index], member) => {
        const { rows, end } = chainOf(length);
        rows[index] = { ...(rows[index] as AuditRow), [member]: 'something else' };
        expect(verifyChain(ID, rows, end)).toMatchObject({ seq: index + 1, what: expect.stringContaining('changed') });
      }),
    );
  });

  it('names a row that was forged together with its hash', () => {
    fc.assert(
      fc.property(position, ([length, index]) => {
        const { rows, end } = chainOf(length);
        rows[index] = forged(rows[index] as AuditRow, { act: 'Rejected' });
        expect(verifyChain(ID, rows, end)).toMatchObject({ seq: index + 1, what: expect.stringContaining('replaced') });
      }),
    );
  });

  it('names the row that was removed', () => {
    fc.assert(
      fc.property(position, ([length, index]) => {
        const { rows, end } = chainOf(length);
        rows.splice(index, 1);
        expect(verifyChain(ID, rows, end)).toMatchObject({ seq: index + 1, what: expect.stringContaining('missing') });
      }),
    );
  });

  it('names a row that was added at the end', () => {
    const { rows, end } = chainOf(3);
    rows.push(forged(rows[2] as AuditRow, { seq: 4, previousHash: end.head }));
    expect(verifyChain(ID, rows, end)).toMatchObject({ seq: 4, what: expect.stringContaining('added') });
  });

  it('names two rows that changed places', () => {
    const { rows, end } = chainOf(4);
    [rows[1], rows[2]] = [rows[2] as AuditRow, rows[1] as AuditRow];
    expect(verifyChain(ID, rows, end)?.seq).toBe(2);
  });

  it('rejects the chain of another request', () => {
    const { rows, end } = chainOf(2);
    expect(verifyChain('another-request', rows, end)?.seq).toBe(1);
  });
});
