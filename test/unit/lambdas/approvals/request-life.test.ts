import { verifyChain } from '../../../../bin/commands/audit/verify-chain';
import { ASK, createApprovalsRoom, ROOM_START } from '../../../support/approvals/approvals-room';

const HOUR = 3_600_000;

describe('a request', () => {
  it('is opened, mailed, approved, called back and told to everybody', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open();
    expect(room.mails.map(({ kind, to }) => `${kind} ${to}`)).toEqual([
      'ask ben@example.com',
      'opened anna@example.com',
    ]);
    expect(room.wakes).toEqual([{ requestId, at: ROOM_START + 24 * HOUR }]);
    expect(room.request(requestId)).toMatchObject({ status: 'pending', effects: [], callback: 'none' });

    const { outcome, link } = await room.answer('ben@example.com');
    expect(outcome).toEqual({ kind: 'done' });
    expect(link).toMatchObject({ kind: 'request', can: [], view: { status: 'approved' } });
    await room.settle(requestId);

    const { payloadHash } = room.request(requestId);
    expect(room.answered).toEqual([
      {
        taskToken: 'token-0',
        output: {
          decision: 'approved',
          requestId,
          payload: ASK.payload,
          payloadHash,
          isEdited: false,
          answers: [{ person: 'ben@example.com', at: '2026-03-01T09:00:00.000Z' }],
          decidedAt: '2026-03-01T09:00:00.000Z',
        },
      },
    ]);
    expect(room.mails.slice(2).map(({ kind, to, link }) => [kind, to, link])).toEqual([
      ['outcome', 'ben@example.com', undefined],
      ['outcome', 'anna@example.com', undefined],
    ]);
    expect(room.request(requestId)).toMatchObject({ status: 'approved', callback: 'delivered', effects: [] });
    expect(room.counts).toMatchObject({
      ApprovalOpened: 1,
      ApprovalDecided: 1,
      ApprovalApproved: 1,
      ApprovalCallbackDelivered: 1,
    });
  });

  it('leaves an audit trail that holds', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open();
    await room.answer('ben@example.com', 'reject');
    await room.settle(requestId);
    const rows = room.store.auditRows(requestId);
    expect(rows.map(({ act }) => act)).toEqual([
      'RequestOpened',
      'MailSent',
      'MailSent',
      'Rejected',
      'Decided',
      'CallbackDelivered',
      'MailSent',
      'MailSent',
    ]);
    expect(verifyChain(requestId, rows, room.request(requestId).audit)).toBeUndefined();
  });

  it.each([
    ['reject', 'ApprovalRejected', { by: 'ben@example.com', reason: 'too dear' }],
    ['expire', 'ApprovalExpired', { by: 'expiry' }],
    ['revoke', 'ApprovalRevoked', { by: 'anna@example.com', reason: 'not any more' }],
  ])('fails the task when it ends by %s, and tells it neither who nor why', async (how, error, decision) => {
    const room = createApprovalsRoom();
    const requestId = await room.open();
    if (how === 'reject') await room.answer('ben@example.com', 'reject');
    if (how === 'revoke') {
      await room.page.act(room.linkOf('anna@example.com').linkId, {
        kind: 'revoke',
        code: room.linkOf('anna@example.com').code,
        reason: ' not any more ',
      });
    }
    if (how === 'expire') {
      room.clock.time += 24 * HOUR;
      await room.wake(requestId);
    }
    await room.settle(requestId);
    expect(room.request(requestId).decision).toMatchObject(decision);
    expect(room.answered).toEqual([
      { taskToken: 'token-0', error, cause: { requestId, at: new Date(room.clock.time).toISOString() } },
    ]);
  });

  it('says nothing of persons, payloads, links, codes and tokens in its log', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open({ description: 'because the old one broke', correlationId: 'corr-1' });
    const { linkId, code } = room.linkOf('ben@example.com');
    await room.answer('ben@example.com', 'reject');
    await room.settle(requestId);
    const log = room.lines.join('\n');
    expect(log).toContain('corr-1');
    for (const secret of ['@', 'Laptop', 'laptop', 'too dear', 'broke', linkId, code, 'token-0', 'Anna']) {
      expect(log).not.toContain(secret);
    }
  });
});
