import { MailRefused } from '../../../../lambdas/approvals/domain/mail-refused';
import { ASK, createApprovalsRoom, ROOM_START } from '../../../support/approvals/approvals-room';

const BEN = 'ben@example.com';
const CLEO = 'cleo@example.com';
const HOUR_MS = 3_600_000;

const signalsOf = ({ counts }: ReturnType<typeof createApprovalsRoom>) => ({
  good: counts.WorkflowGood,
  bad: counts.WorkflowBad,
});

describe('what approvals tell of a request', () => {
  it.each(['approve', 'reject'] as const)('that a person did %s: good, and how long it took', async (kind) => {
    const room = createApprovalsRoom();
    const requestId = await room.open();
    room.clock.time += 90_000;
    await room.answer(BEN, kind);
    expect(signalsOf(room)).toEqual({});
    room.clock.time += 2_000;
    await room.settle(requestId);
    expect(signalsOf(room)).toEqual({ good: 1 });
    expect(room.measured).toEqual({ ApprovalTurnaroundSeconds: [90], EndToEndSeconds: [92] });
  });

  it('that expired after its mail was taken: good, and no person took any time', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open();
    room.clock.time = ROOM_START + 25 * HOUR_MS;
    await room.wake(requestId);
    await room.settle(requestId);
    expect(signalsOf(room)).toEqual({ good: 1 });
    expect(room.measured.ApprovalTurnaroundSeconds).toBeUndefined();
  });

  it('that expired before any mail was taken: bad', async () => {
    const room = createApprovalsRoom();
    room.mailFaults.next = Array.from({ length: 8 }, () => new Error('SES does not answer'));
    await room.deliver(ASK);
    const [requestId] = room.store.requests.keys();
    await expect(room.carryOut(requestId!)).rejects.toThrow('SES does not answer');
    room.clock.time = ROOM_START + 25 * HOUR_MS;
    await room.wake(requestId!);
    await expect(room.carryOut(requestId!)).rejects.toThrow('SES does not answer');
    expect(room.answered).toMatchObject([{ error: 'ApprovalExpired' }]);
    expect(signalsOf(room)).toEqual({ bad: 1 });
  });

  it('that nobody waits for any more: bad', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open();
    room.answered.push({ taskToken: ASK.taskToken });
    await room.answer(BEN);
    await room.settle(requestId);
    expect(signalsOf(room)).toEqual({ bad: 1 });
  });

  it('that is stranded: bad, at once and once, whoever decides it later', async () => {
    const room = createApprovalsRoom();
    room.mailFaults.refused = new Set([BEN, 'dora@example.com']);
    const approvers = [BEN, CLEO, 'dora@example.com'];
    const requestId = await room.open({ approvers });
    expect(room.counts.ApprovalUndeliverable).toBe(2);
    expect(signalsOf(room)).toEqual({ bad: 1 });
    await room.answer(CLEO);
    await room.settle(requestId);
    expect(room.answered).toHaveLength(1);
    expect(signalsOf(room)).toEqual({ bad: 1 });
  });

  it('whose mail was refused and that was escalated: good', async () => {
    const room = createApprovalsRoom();
    room.mailFaults.next = [new MailRefused('refused')];
    const requestId = await room.open({ escalation: { afterSeconds: 60, to: [CLEO] } });
    await room.answer(CLEO);
    await room.settle(requestId);
    expect(signalsOf(room)).toEqual({ good: 1 });
  });

  it('of a version that nobody knows: it is parked, its task failed, and both are counted', async () => {
    const room = createApprovalsRoom();
    await room.deliver({ ...ASK, version: 2, colour: 'red' });
    expect(room.counts).toEqual({ ApprovalMessageRejected: 1, UnknownVersion: 1 });
    expect(room.deadLetters).toMatchObject([{ attributes: { errorName: 'UnknownVersion' } }]);
    expect(room.answered).toMatchObject([{ taskToken: 'token-0', error: 'ApprovalInvalid' }]);
  });
});

describe('what a request remembers of who asked', () => {
  it('is the execution in its key', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open();
    expect(room.request(requestId).askedBy).toBe(ASK.requestKey.split('/')[0]);
  });

  it('is nothing when its key names none', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open({ requestKey: 'invoice/7' });
    expect(room.request(requestId).askedBy).toBeUndefined();
  });
});
