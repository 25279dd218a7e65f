import fc from 'fast-check';
import { verifyChain } from '../../../../bin/commands/audit/verify-chain';
import { extendChain } from '../../../../lambdas/approvals/domain/audit-chain';
import { applyEdits } from '../../../../lambdas/approvals/domain/edits';
import { verdictOf } from '../../../../lambdas/approvals/domain/rule';
import { contentHash } from '../../../../lambdas/shared/content-hash';
import { createApprovalsRoom } from '../../../support/approvals/approvals-room';

const PEOPLE = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@example.com`);

/** Lets persons answer in an order, each through the page if they have a link, until the request is decided. */
async function answered(rule: object, approvers: readonly string[], said: readonly (readonly [number, boolean])[]) {
  const room = createApprovalsRoom();
  const requestId = await room.open({ approvers, rule });
  const taken: { person: string; isYes: boolean }[] = [];
  for (const [index, isYes] of said) {
    const person = approvers[index % approvers.length] as string;
    if (!room.mails.some(({ to }) => to === person)) continue;
    const { outcome } = await room.answer(person, isYes ? 'approve' : 'reject');
    if (outcome.kind === 'done') taken.push({ person, isYes });
    await room.settle(requestId);
  }
  return { room, requestId, request: room.request(requestId), taken };
}

const sayings = fc.array(fc.tuple(fc.nat(4), fc.boolean()), { maxLength: 12 });

describe('the rules', () => {
  it('anyOf: the first answer decides', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), sayings, async (count, said) => {
        const { request, taken } = await answered({ kind: 'anyOf' }, PEOPLE.slice(0, count), said);
        expect(taken).toHaveLength(Math.min(1, said.length));
        expect(request.status).toBe(taken[0] === undefined ? 'pending' : taken[0].isYes ? 'approved' : 'rejected');
      }),
      { numRuns: 40 },
    );
  });

  it('kOf: so many approvals approve, and no more than can be reached are waited for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.nat(4), sayings, async (count, more, said) => {
        const needed = 1 + (more % count);
        const { request, taken } = await answered({ kind: 'kOf', needed }, PEOPLE.slice(0, count), said);
        const yes = taken.filter(({ isYes }) => isYes).length;
        const no = taken.length - yes;
        expect(new Set(taken.map(({ person }) => person)).size).toBe(taken.length);
        expect(yes).toBeLessThanOrEqual(needed);
        expect(request.status).toBe(yes === needed ? 'approved' : count - no < needed ? 'rejected' : 'pending');
      }),
      { numRuns: 60 },
    );
  });

  it('inSequence: each is asked when all before have approved, and the first rejection ends it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), sayings, async (count, said) => {
        const people = PEOPLE.slice(0, count);
        const { room, request, taken } = await answered({ kind: 'inSequence' }, people, said);
        expect(taken.map(({ person }) => person)).toEqual(people.slice(0, taken.length));
        expect(taken.slice(0, -1).every(({ isYes }) => isYes)).toBe(true);
        const last = taken.at(-1);
        expect(request.status).toBe(
          last?.isYes === false ? 'rejected' : taken.length === count ? 'approved' : 'pending',
        );
        const asked = room.mails.filter(({ kind }) => kind === 'ask').map(({ to }) => to);
        expect(asked).toEqual(people.slice(0, request.status === 'pending' ? taken.length + 1 : taken.length));
      }),
      { numRuns: 60 },
    );
  });

  it('never both approve and reject the same answers', () => {
    const seat = (decision?: 'approve' | 'reject') => ({
      holders: [],
      ...(decision && { answer: { person: '', decision, at: 0, payloadHash: '' } }),
    });
    expect(verdictOf({ kind: 'kOf', needed: 2 }, [seat('approve'), seat('reject'), seat()])).toBeUndefined();
    expect(verdictOf({ kind: 'kOf', needed: 2 }, [seat('reject'), seat('reject'), seat()])).toBe('rejected');
    expect(verdictOf({ kind: 'inSequence' }, [seat('approve'), seat()])).toBeUndefined();
  });
});

describe('edits', () => {
  const editable = {
    text: { type: 'text', label: 'Text', minLength: 2, maxLength: 5 },
    whole: { type: 'integer', label: 'Whole', minimum: -5, maximum: 5 },
    number: { type: 'number', label: 'Number', maximum: 1 },
    yes: { type: 'boolean', label: 'Yes' },
    choice: { type: 'choice', label: 'Choice', choices: ['red', 'blue'] },
  } as const;
  const payload = { text: 'a\r\nb', whole: 100, number: 0.5, yes: true, choice: 'red', other: [1] };

  it('that say what the payload says are none, also outside the limits', () => {
    const same = { text: 'a\nb', whole: '100', number: '5e-1', yes: 'true', choice: 'red' };
    expect(applyEdits(payload, editable, same)).toEqual({ kind: 'payload', payload, isEdited: false });
  });

  it.each<[keyof typeof editable, string, unknown]>([
    ['text', 'xyz', 'xyz'],
    ['text', 'x\r\ny', 'x\ny'],
    ['whole', ' -5 ', -5],
    ['whole', '-0', 0],
    ['number', '0.25', 0.25],
    ['yes', 'false', false],
    ['choice', 'blue', 'blue'],
  ])('of %s to %j give %j', (name, typed, value) => {
    expect(applyEdits(payload, editable, { [name]: typed })).toEqual({
      kind: 'payload',
      payload: { ...payload, [name]: value },
      isEdited: true,
    });
  });

  it.each([
    ['text', 'x'],
    ['text', 'too long'],
    ['text', 'a\u0007b'],
    ['whole', '6'],
    ['whole', '1.0'],
    ['whole', ''],
    ['whole', '0x3'],
    ['number', 'NaN'],
    ['number', '1e999'],
    ['number', '1,5'],
    ['yes', 'on'],
    ['choice', 'green'],
    ['other', '1'],
    ['__proto__', '1'],
    ['constructor', '1'],
  ])('of %s to %j are refused', (name, typed) => {
    const edits = JSON.parse(`{${JSON.stringify(name)}: ${JSON.stringify(typed)}}`);
    expect(applyEdits(payload, editable, edits)).toMatchObject({ kind: 'faults', faults: [{ field: name }] });
  });
});

describe('the audit chain', () => {
  const acts = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ act: 'Reminded', actor: 'clock', details: { index } }) as const);
  const chain = (count: number) => {
    const end = { count: 0, head: contentHash('request') };
    return extendChain('request', end, acts(count), { atMs: 0, payloadHash: 'hash' });
  };
  const counts = fc.integer({ min: 1, max: 8 }).chain((count) => fc.tuple(fc.constant(count), fc.nat(count - 1)));
  const each = (test: (count: number, index: number) => void) =>
    fc.assert(
      fc.property(counts, ([count, index]) => test(count, index)),
      { numRuns: 100 },
    );

  const says = (words: string) => expect.stringContaining(words);

  it('holds as it was written', () => {
    for (const count of [0, 1, 5]) {
      const { rows, end } = chain(count);
      expect(verifyChain('request', rows, end)).toBeUndefined();
    }
  });

  it('names a row that was changed', () =>
    each((count, index) => {
      const { rows, end } = chain(count);
      const tampered = rows.map((row, at) => (at === index ? { ...row, actor: 'somebody' } : row));
      expect(verifyChain('request', tampered, end)).toMatchObject({ seq: index + 1, what: says('changed') });
    }));

  it('names a row that was changed with its hash made again', () =>
    each((count, index) => {
      const { rows, end } = chain(count);
      const { hash: _hash, ...row } = { ...rows[index]!, actor: 'somebody' };
      const tampered = rows.with(index, { ...row, hash: contentHash(row) });
      expect(verifyChain('request', tampered, end)).toMatchObject({ seq: index + 1, what: says('replaced') });
    }));

  it('names a row that is missing, also the last', () =>
    each((count, index) => {
      const { rows, end } = chain(count);
      const verdict = verifyChain('request', rows.toSpliced(index, 1), end);
      expect(verdict).toMatchObject({ seq: index + 1, what: says('missing') });
    }));

  it('names rows that are out of order, twice there, or too many', () => {
    const { rows, end } = chain(4);
    const [one, two, three, four] = rows as [any, any, any, any];
    expect(verifyChain('request', [one, three, two, four], end)).toMatchObject({ seq: 2 });
    expect(verifyChain('request', [one, two, two, three, four], end)).toMatchObject({
      seq: 3,
      what: says('row 2 stands in its place'),
    });
    expect(verifyChain('request', rows, chain(3).end)).toMatchObject({ seq: 4, what: says('added') });
    expect(verifyChain('request', rows, { ...end, head: 'other' })).toMatchObject({ seq: 4, what: says('replaced') });
  });

  it('does not take rows of another request', () => {
    const { rows, end } = chain(2);
    expect(verifyChain('other', rows, end)).toMatchObject({ seq: 1 });
  });
});
