import { createApprovalsRoom, ROOM_START } from '../../../support/approvals/approvals-room';

const MINUTE = 60_000;
const BEN = 'ben@example.com';
const CHIEF = 'chief@example.com';
const kinds = (room: ReturnType<typeof createApprovalsRoom>, from = 0) =>
  room.mails.slice(from).map(({ kind, to }) => `${kind} ${to}`);

async function asked(changes: Record<string, unknown> = {}) {
  const room = createApprovalsRoom();
  const requestId = await room.open({
    reminders: { everySeconds: 600, atMost: 3 },
    escalation: { afterSeconds: 1500, to: [CHIEF] },
    expiresInSeconds: 3600,
    ...changes,
  });
  const before = room.mails.length;
  const wakeAt = async (minutes: number) => {
    room.clock.time = ROOM_START + minutes * MINUTE;
    await room.wake(requestId);
    await room.settle(requestId);
    return kinds(room, before);
  };
  return { room, requestId, wakeAt, before };
}

describe('waking', () => {
  it('reminds, escalates and expires in turn, setting one wake after the other', async () => {
    const { room, requestId, wakeAt } = await asked();
    expect(await wakeAt(10)).toEqual([`reminder ${BEN}`]);
    expect(await wakeAt(20)).toHaveLength(2);
    expect((await wakeAt(25)).slice(2)).toEqual([`escalation ${CHIEF}`]);
    expect((await wakeAt(30)).slice(3)).toEqual([`reminder ${BEN}`, `reminder ${CHIEF}`]);
    await wakeAt(60);
    expect(room.request(requestId).status).toBe('expired');
    expect(room.wakes.map(({ at }) => (at - ROOM_START) / MINUTE)).toEqual([10, 20, 25, 30, 60]);
  });

  it('makes one mail of the reminders that were missed', async () => {
    const { wakeAt } = await asked({ escalation: undefined });
    expect(await wakeAt(40)).toEqual([`reminder ${BEN}`]);
  });

  it('twice or too early changes nothing', async () => {
    const { room, requestId, wakeAt } = await asked();
    await wakeAt(9);
    expect(room.request(requestId).remindAt).toHaveLength(3);
    await wakeAt(10);
    const { version } = room.request(requestId);
    await wakeAt(10);
    expect(room.request(requestId).version).toBe(version);
  });

  it('does nothing to a request that is decided', async () => {
    const { room, requestId, wakeAt } = await asked();
    await room.answer(BEN);
    await room.settle(requestId);
    const { version } = room.request(requestId);
    await wakeAt(60);
    expect(room.request(requestId)).toMatchObject({ version, status: 'approved' });
  });

  it('lets contacts answer in place of those who do not, and each person once', async () => {
    const { room, wakeAt } = await asked({ approvers: [BEN, 'cleo@example.com'], rule: { kind: 'kOf', needed: 2 } });
    await wakeAt(25);
    expect((await room.answer(CHIEF)).outcome).toEqual({ kind: 'done' });
    expect((await room.answer(CHIEF)).outcome).toEqual({ kind: 'decided-before' });
    expect((await room.answer('cleo@example.com')).link).toMatchObject({ view: { status: 'approved' } });
  });
});

describe('a bounce or a complaint', () => {
  const bounce = (requestId: string, emailAddress: string) => ({
    messageId: 'm',
    body: JSON.stringify({
      'detail-type': 'Email Bounced',
      detail: {
        mail: { tags: { requestId: [requestId] } },
        bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress }] },
      },
    }),
  });

  it('escalates at once, and once', async () => {
    const { room, requestId, before, wakeAt } = await asked();
    await room.feedback(bounce(requestId, 'Ben <BEN@Example.com>'));
    await room.feedback(bounce(requestId, BEN));
    await room.settle(requestId);
    expect(kinds(room, before)).toEqual([`escalation ${CHIEF}`]);
    expect(room.request(requestId).undeliverable).toEqual([BEN]);
    expect((await wakeAt(25)).filter((mail) => mail.startsWith('escalation'))).toHaveLength(1);
    expect(room.counts.ApprovalUndeliverable).toBeUndefined();
  });

  it('with nobody to escalate to is counted and logged as an error', async () => {
    const { room, requestId } = await asked({ escalation: undefined });
    await room.feedback(bounce(requestId, BEN));
    expect(room.counts.ApprovalUndeliverable).toBe(1);
    expect(room.lines.filter((line) => line.includes('"level":"error"'))).toHaveLength(1);
  });

  it('of the requester or a stranger escalates nothing', async () => {
    const { room, requestId } = await asked();
    await room.feedback(bounce(requestId, 'anna@example.com'));
    await room.feedback(bounce(requestId, 'stranger@example.com'));
    expect(room.request(requestId).escalatedAt).toBeUndefined();
    expect(room.counts.ApprovalUndeliverable).toBeUndefined();
  });

  it.each([['{}'], ['no JSON'], [JSON.stringify({ 'detail-type': 'Email Opened', detail: {} })]])(
    'that is none goes to the dead-letter queue: %s',
    async (body) => {
      const room = createApprovalsRoom();
      await room.feedback({ messageId: 'm', body });
      expect(room.deadLetters).toMatchObject([{ body, attributes: { errorName: 'MalformedMessage' } }]);
    },
  );

  it('of a request that is not ours goes to the dead-letter queue', async () => {
    const room = createApprovalsRoom();
    await room.feedback(bounce('x'.repeat(27), BEN));
    expect(room.deadLetters).toMatchObject([{ attributes: { errorName: 'UnknownRequest' } }]);
  });
});
