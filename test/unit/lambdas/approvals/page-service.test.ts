import { linkHashOf } from '../../../../lambdas/approvals/domain/link';
import { ASK, createApprovalsRoom } from '../../../support/approvals/approvals-room';

const BEN = 'ben@example.com';
const DAY = 86_400_000;

async function asked(changes: Record<string, unknown> = {}) {
  const room = createApprovalsRoom();
  const requestId = await room.open(changes);
  const { linkId, code } = room.linkOf(BEN);
  const { payloadHash } = room.request(requestId);
  const wrong = code === '000000' ? '000001' : '000000';
  const approve = (typed = code, more: object = {}) =>
    room.page.act(linkId, { kind: 'approve', code: typed, payloadHash, ...more });
  const attempts = () => room.store.links.get(linkHashOf(linkId))?.attempts;
  return { room, requestId, linkId, code, wrong, payloadHash, approve, attempts };
}

describe('a link', () => {
  it('shows what is asked and what its holder can do, and changes nothing', async () => {
    const { room, linkId, requestId } = await asked();
    const version = room.request(requestId).version;
    expect(await room.page.view(linkId)).toMatchObject({
      kind: 'request',
      person: BEN,
      role: 'approver',
      can: ['approve', 'reject', 'delegate'],
      view: { title: ASK.title, ruleInWords: 'one approver decides', waitingFor: [BEN] },
    });
    expect(await room.page.view(room.linkOf('anna@example.com').linkId)).toMatchObject({
      role: 'requester',
      can: ['revoke'],
    });
    expect(room.request(requestId).version).toBe(version);
  });

  it.each([['never-made'], [''], ['x'.repeat(100_000)], ['a/../b'], ['\u0000']])(
    'that is unknown opens nothing: %#',
    async (linkId) => {
      const { room, code } = await asked();
      expect(await room.page.view(linkId)).toEqual({ kind: 'unknown' });
      expect(await room.page.act(linkId, { kind: 'revoke', code })).toMatchObject({ link: { kind: 'unknown' } });
    },
  );

  it('shows an overdue request as expired without writing that, and an answer then writes it', async () => {
    const { room, linkId, requestId, approve } = await asked();
    room.clock.time += DAY;
    expect(await room.page.view(linkId)).toMatchObject({ view: { status: 'expired' }, can: [] });
    expect(room.request(requestId).status).toBe('pending');
    expect((await approve()).outcome).toEqual({ kind: 'expired' });
    expect(room.request(requestId)).toMatchObject({ status: 'expired', decision: { by: 'expiry' } });
  });

  it('takes an answer one millisecond before expiry', async () => {
    const { room, requestId, approve } = await asked();
    room.clock.time += DAY - 1;
    expect((await approve()).outcome).toEqual({ kind: 'done' });
    expect(room.request(requestId).status).toBe('approved');
  });
});

describe('a code', () => {
  it.each([[''], ['   '], ['12345'], ['1234567'], ['abcdef']])('that is none (%j) costs no attempt', async (typed) => {
    const { approve, attempts } = await asked();
    expect((await approve(typed)).outcome).toEqual({ kind: 'code-missing' });
    expect(attempts()).toBe(0);
  });

  it('may be typed with spaces and dashes', async () => {
    const { code, approve } = await asked();
    expect((await approve(` ${code.slice(0, 3)}-${code.slice(3)} `)).outcome).toEqual({ kind: 'done' });
  });

  it('that is wrong five times closes the link, tells its owner, and a reminder brings a new one', async () => {
    const { room, requestId, linkId, wrong, code, approve } = await asked({
      reminders: { everySeconds: 3600, atMost: 2 },
    });
    for (const attemptsLeft of [4, 3, 2, 1, 0]) {
      expect((await approve(wrong)).outcome).toEqual({ kind: 'code-wrong', attemptsLeft });
    }
    expect(await room.page.view(linkId)).toEqual({ kind: 'dead', why: 'closed' });
    expect((await approve(code)).outcome).toEqual({ kind: 'refused' });
    expect(room.request(requestId).status).toBe('pending');
    await room.settle(requestId);
    expect(room.mails.at(-1)).toMatchObject({ kind: 'link-closed', to: BEN });
    expect(room.mails.at(-1)).not.toHaveProperty('link.url');

    room.clock.time += 3_600_000;
    await room.wake(requestId);
    await room.settle(requestId);
    expect(room.linkOf(BEN).linkId).not.toBe(linkId);
    expect((await room.answer(BEN)).outcome).toEqual({ kind: 'done' });
  });

  it('that is right gives its attempt back when nothing is recorded', async () => {
    const { linkId, room, code, payloadHash, attempts } = await asked();
    const { outcome } = await room.page.act(linkId, { kind: 'reject', code, payloadHash, reason: '  ' });
    expect(outcome).toEqual({ kind: 'invalid', faults: [{ field: 'reason', detail: 'is needed for a rejection' }] });
    expect(attempts()).toBe(0);
  });

  it('is not compared more than five times, however many are sent at once', async () => {
    const { room, wrong, code, requestId, approve } = await asked();
    const results = await Promise.all(Array.from({ length: 12 }, () => approve(wrong)));
    expect(results.filter(({ outcome }) => outcome.kind === 'code-wrong')).toHaveLength(5);
    expect((await approve(code)).outcome).toEqual({ kind: 'refused' });
    expect(room.request(requestId).status).toBe('pending');
  });

  it('that is right ten times at once decides once', async () => {
    const { room, approve, requestId } = await asked();
    const results = await Promise.all(Array.from({ length: 10 }, () => approve()));
    const kinds = results.map(({ outcome }) => outcome.kind);
    expect(kinds.filter((kind) => kind === 'done')).toHaveLength(1);
    expect(kinds.every((kind) => ['done', 'decided-before', 'busy'].includes(kind))).toBe(true);
    expect(room.store.auditRows(requestId).filter(({ act }) => act === 'Decided')).toHaveLength(1);
  });

  it('whose attempts died with their functions closes the link after a minute, and not before', async () => {
    const { room, linkId, code, approve, requestId } = await asked();
    for (let count = 0; count < 5; count++) await room.store.reserveAttempt(linkHashOf(linkId), room.clock.now());
    room.clock.time += 59_999;
    expect((await approve(code)).outcome).toEqual({ kind: 'busy' });
    room.clock.time += 1;
    expect((await approve(code)).outcome).toEqual({ kind: 'refused' });
    expect(room.request(requestId).closedLinks).toEqual([BEN]);
  });
});

describe('an act', () => {
  it('after the decision shows what was decided, whoever comes', async () => {
    const { room, approve, requestId } = await asked({ approvers: [BEN, 'cleo@example.com'] });
    await room.answer('cleo@example.com', 'reject');
    expect(await approve()).toMatchObject({
      outcome: { kind: 'decided-before' },
      link: { view: { decision: { by: 'cleo@example.com' } } },
    });
    expect(room.request(requestId).status).toBe('rejected');
  });

  it('for another payload than the stored one is refused and recorded', async () => {
    const { room, linkId, code, requestId, attempts } = await asked();
    const { outcome } = await room.page.act(linkId, { kind: 'approve', code, payloadHash: 'another' });
    expect(outcome).toEqual({ kind: 'payload-changed' });
    expect(room.store.auditRows(requestId).at(-1)).toMatchObject({ act: 'DecisionRefused', actor: BEN });
    expect(attempts()).toBe(0);
  });

  it('approves no payload that was tampered with in the table, but may reject it', async () => {
    const { room, approve, requestId } = await asked();
    const stored = room.request(requestId);
    room.store.requests.set(requestId, { ...stored, payload: { ...stored.payload, amount: 9_000 } });
    expect((await approve()).outcome).toEqual({ kind: 'payload-changed' });
    expect(room.request(requestId).status).toBe('pending');
    expect((await room.answer(BEN, 'reject')).outcome).toEqual({ kind: 'done' });
  });

  it('with edits decides for the edited payload and its hash', async () => {
    const editable = { amount: { type: 'integer', label: 'Amount', minimum: 1, maximum: 1000 } };
    const { room, code, approve, requestId, payloadHash } = await asked({ editable });
    expect((await approve(code, { edits: { amount: '1001' } })).outcome).toEqual({
      kind: 'invalid',
      faults: [{ field: 'amount', detail: 'must be at most 1000' }],
    });
    expect((await approve(code, { edits: { amount: '900' } })).outcome).toEqual({ kind: 'done' });
    const { decision } = room.request(requestId);
    expect(decision).toMatchObject({ isEdited: true, payload: { ...ASK.payload, amount: 900 } });
    expect(decision?.payloadHash).not.toBe(payloadHash);
  });

  it('hands the request on to a colleague, whose link works while the old one is dead', async () => {
    const { room, linkId, code, requestId, approve } = await asked();
    const hand = (to: string) => room.page.act(linkId, { kind: 'delegate', code, to });
    for (const to of ['x@other.com', 'anna@example.com', BEN, 'nobody']) {
      expect((await hand(to)).outcome).toMatchObject({ kind: 'invalid', faults: [{ field: 'to' }] });
    }
    expect(await hand(' Dora@Example.com ')).toEqual({
      outcome: { kind: 'done' },
      link: { kind: 'dead', why: 'replaced' },
    });
    await room.settle(requestId);
    expect(room.mails.at(-1)).toMatchObject({ kind: 'delegated', to: 'dora@example.com' });
    expect((await approve()).outcome).toEqual({ kind: 'refused' });
    expect((await room.answer('dora@example.com')).outcome).toEqual({ kind: 'done' });
    expect(await room.page.view(linkId)).toMatchObject({
      kind: 'dead',
      view: { decision: { by: 'dora@example.com' } },
    });
  });

  it('is no approver’s when it is the requester’s, and the other way round', async () => {
    const { room, linkId, code, payloadHash } = await asked();
    const requester = room.linkOf('anna@example.com');
    expect(
      (await room.page.act(requester.linkId, { kind: 'approve', code: requester.code, payloadHash })).outcome.kind,
    ).toBe('refused');
    expect((await room.page.act(linkId, { kind: 'revoke', code })).outcome.kind).toBe('refused');
  });
});

describe('a store that is not itself', () => {
  it('that is always written to by others gives busy, and no attempt is lost', async () => {
    const { room, approve, attempts, requestId } = await asked();
    const { save } = room.store;
    room.base.store.save = async () => 'conflict';
    expect((await approve()).outcome).toEqual({ kind: 'busy' });
    room.base.store.save = save;
    expect(attempts()).toBe(0);
    expect(room.request(requestId).status).toBe('pending');
    expect((await approve()).outcome).toEqual({ kind: 'done' });
  });

  it('whose answer is lost after a write has decided all the same', async () => {
    const { room, approve } = await asked();
    room.store.afterCall = (call) => {
      if (call === 'save') throw new Error('the answer was lost');
    };
    await expect(approve()).rejects.toThrow('the answer was lost');
    room.store.afterCall = undefined;
    expect(await approve()).toMatchObject({
      outcome: { kind: 'decided-before' },
      link: { view: { status: 'approved' } },
    });
  });

  it.each([
    [2, 'done'],
    [9, 'busy'],
  ])('whose link is in a transaction %d times running gives %s', async (times, kind) => {
    const { room, approve } = await asked();
    const { reserveAttempt } = room.store;
    let left = times;
    room.base.store.reserveAttempt = async (hash, now) =>
      left-- > 0 ? { kind: 'contended' } : reserveAttempt(hash, now);
    expect((await approve()).outcome).toEqual({ kind });
  });
});
