import { ASK, createApprovalsRoom, ROOM_START } from '../../../support/approvals/approvals-room';

const long = (length: number) => 'x'.repeat(length);
const nested = (levels: number): object => (levels === 0 ? {} : { inner: nested(levels - 1) });

describe('an ask', () => {
  it.each<[string, object]>([
    ['an unknown field', { colour: 'red' }],
    ['another version', { version: 2 }],
    ['another kind', { kind: 'asks' }],
    ['no title', { title: '' }],
    ['a title of two lines', { title: 'a\nb' }],
    ['a title that is too long', { title: long(121) }],
    ['no approvers', { approvers: [] }],
    ['21 approvers', { approvers: Array.from({ length: 21 }, (_, index) => `a${index}@example.com`) }],
    ['an address with a name', { approvers: ['Ben <ben@example.com>'] }],
    ['two addresses in one', { approvers: ['ben@example.com,cleo@example.com'] }],
    ['an address without a domain', { approvers: ['ben@localhost'] }],
    ['a payload that is a list', { payload: [1] }],
    ['a payload that is too large', { payload: { text: long(33_000) } }],
    ['a payload that is too deep', { payload: nested(17) }],
    ['an expiry that is too soon', { expiresInSeconds: 59 }],
    ['an expiry that is too late', { expiresInSeconds: 31_536_001 }],
    ['a moment that is none', { askedAt: 'today' }],
    ['reminders that are too frequent', { reminders: { everySeconds: 59, atMost: 1 } }],
    ['more needed than there are', { rule: { kind: 'kOf', needed: 2 } }],
    ['a rule that is none', { rule: { kind: 'allOf' } }],
    ['the requester as the only approver', { approvers: ['Anna@Example.com'] }],
    ['an editable member that is not there', { editable: { price: { type: 'integer', label: 'Price' } } }],
    ['an editable member of another type', { editable: { amount: { type: 'text', label: 'Amount' } } }],
    [
      'an editable choice that is none',
      { editable: { currency: { type: 'choice', label: 'Currency', choices: ['USD'] } } },
    ],
    [
      'editing where several answer',
      {
        approvers: ['ben@example.com', 'cleo@example.com'],
        rule: { kind: 'kOf', needed: 2 },
        editable: { amount: { type: 'integer', label: 'Amount' } },
      },
    ],
  ])('with %s fails its task and goes to the dead-letter queue', async (_what, change) => {
    const room = createApprovalsRoom();
    await room.deliver({ ...ASK, ...change });
    expect(room.store.requests.size).toBe(0);
    expect(room.answered).toMatchObject([{ taskToken: 'token-0', error: 'ApprovalInvalid' }]);
    expect(room.deadLetters).toHaveLength(1);
    expect(room.counts.ApprovalMessageRejected).toBe(1);
  });

  it.each([['no JSON'], ['[]'], ['null'], ['[['.repeat(20_000)], [JSON.stringify({ ...ASK, taskToken: '' })]])(
    'that names no task only goes to the dead-letter queue: %#',
    async (body) => {
      const room = createApprovalsRoom();
      await room.deliver(body);
      expect(room.answered).toEqual([]);
      expect(room.deadLetters).toMatchObject([{ body, attributes: { errorName: 'MalformedMessage' } }]);
    },
  );

  it('tells what is wrong without a value of the payload', async () => {
    const room = createApprovalsRoom();
    await room.deliver({
      ...ASK,
      payload: { iban: 'DE02' },
      editable: { iban: { type: 'integer', label: 'IBAN' } },
      title: 'a\nDE02',
    });
    expect(room.answered[0]?.cause.reason).toContain('/title');
    expect(JSON.stringify([room.answered, room.deadLetters[0]?.attributes, room.lines])).not.toContain('DE02');
  });

  it('has addresses in lower case, once each, and never the requester among them', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open({
      approvers: ['Ben@Example.com', 'ben@example.com', 'ANNA@example.com', 'cleo@example.com'],
      rule: { kind: 'kOf', needed: 2 },
      escalation: { afterSeconds: 60, to: ['anna@example.com', 'Chief@example.com'] },
    });
    const request = room.request(requestId);
    expect(request.seats).toEqual([{ holders: ['ben@example.com'] }, { holders: ['cleo@example.com'] }]);
    expect(request.escalation?.to).toEqual(['chief@example.com']);
    expect(room.store.auditRows(requestId).map(({ act }) => act)).toContain('RequesterExcluded');
  });

  it('that is delivered again opens nothing again', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open();
    const version = room.request(requestId).version;
    await room.deliver(ASK);
    await room.deliver({ ...ASK, taskToken: 'token-x' });
    expect(room.request(requestId).version).toBe(version);
    expect(room.counts.ApprovalOpened).toBe(1);
  });

  it('that is delivered twice at once opens one request', async () => {
    const room = createApprovalsRoom();
    await Promise.all([room.deliver(ASK), room.deliver(ASK), room.deliver(ASK)]);
    expect(room.counts.ApprovalOpened).toBe(1);
  });

  it('of a later attempt replaces the token of a pending request', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open();
    await room.deliver({ ...ASK, attempt: 1, taskToken: 'token-1' });
    await room.answer('ben@example.com');
    await room.settle(requestId);
    expect(room.answered.map(({ taskToken }) => taskToken)).toEqual(['token-1']);
  });

  it('with a used key and another payload is rejected', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open();
    await room.deliver({ ...ASK, taskToken: 'token-1', payload: { amount: 1 } });
    expect(room.answered).toMatchObject([{ taskToken: 'token-1', error: 'ApprovalInvalid', cause: { requestId } }]);
    expect(room.request(requestId).payload).toEqual(ASK.payload);
  });

  it('whose time has passed is opened and expired, and nobody is asked', async () => {
    const room = createApprovalsRoom();
    room.clock.time = ROOM_START + 86_400_000;
    const requestId = await room.open();
    expect(room.request(requestId).status).toBe('expired');
    expect(room.mails.map(({ kind, to }) => [kind, to])).toEqual([['outcome', 'anna@example.com']]);
    expect(room.answered).toMatchObject([{ error: 'ApprovalExpired' }]);
  });

  it('comes back to the queue when the table fails', async () => {
    const room = createApprovalsRoom();
    room.store.beforeCall = () => {
      throw new Error('the table is away');
    };
    await expect(room.deliver(ASK)).rejects.toThrow('the table is away');
    expect(room.deadLetters).toEqual([]);
  });
});

describe('a report of a refused action', () => {
  const report = (requestId: string) => ({
    kind: 'actionRefused',
    version: 1,
    requestId,
    action: 'ChargePayment',
    expectedHash: 'a'.repeat(43),
    actualHash: 'b'.repeat(43),
  });

  it('is recorded once', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open();
    await room.deliver(report(requestId));
    await room.deliver(report(requestId));
    const rows = room.store.auditRows(requestId).filter(({ act }) => act === 'ActionRefused');
    expect(rows).toMatchObject([{ details: { action: 'ChargePayment', expectedHash: 'a'.repeat(43) } }]);
    expect(room.counts.ApprovalActionRefused).toBe(1);
  });

  it('of an unknown request goes to the dead-letter queue', async () => {
    const room = createApprovalsRoom();
    await room.deliver(report('x'.repeat(27)));
    expect(room.deadLetters).toMatchObject([{ attributes: { errorName: 'UnknownRequest' } }]);
  });
});
