import { ApprovalStacks, invitationIn } from '../../support/approvals/approval-stacks';

const HOUR_MS = 3_600_000;
const DAY_SECONDS = 86_400;
/** How far the clock leaps at a time: whatever falls due in between runs right after the leap. */
const LEAP_HOURS = 24;

const ANN = 'ann@example.com';
const BEN = 'ben@example.com';
const LEAD = 'lead@example.com';

describe('a request that nobody answers for ninety days', () => {
  let stacks: ApprovalStacks;
  beforeAll(async () => {
    stacks = await ApprovalStacks.start();
  });
  afterAll(() => stacks.stop());

  it('reminds twelve times, escalates once, expires as a no, and costs no transition', async () => {
    const asked = await stacks.ask({
      approvers: [ANN, BEN],
      expiresInSeconds: 90 * DAY_SECONDS,
      reminders: { everySeconds: 7 * DAY_SECONDS, atMost: 30 },
      escalation: { afterSeconds: 45 * DAY_SECONDS, to: [LEAD] },
    });
    const { requestId, executionArn } = asked;
    await stacks.invitation(requestId, BEN);
    const { openedAt, expiresAt } = await stacks.settled(requestId);
    const events = async () => (await history(executionArn)).map(({ type }) => type);
    const waiting = await events();

    for (let hours = LEAP_HOURS; openedAt + hours * HOUR_MS < expiresAt; hours += LEAP_HOURS) {
      await stacks.idle();
      // A wake-up is set to a whole second, so that it comes up to a second later.
      stacks.clock.leapTo(openedAt + hours * HOUR_MS + 2_000);
      await woken(requestId);
    }
    expect((await stacks.request(requestId)).status).toBe('pending');
    expect(await events()).toEqual(waiting);
    expect(await counts(requestId)).toEqual({
      ask: 2,
      opened: 1,
      // Ann and Ben on days 7 to 84, the lead from day 49 on.
      reminder: 2 * 12 + 6,
      escalation: 1,
    });

    await stacks.idle();
    stacks.clock.leapTo(expiresAt + 2_000);
    const ended = await stacks.ended(executionArn);
    expect(ended).toMatchObject({ status: 'FAILED', error: 'ApprovalExpired' });
    expect(JSON.parse(ended.cause)).toEqual({ requestId, at: new Date(expiresAt).toISOString() });
    expect(await events()).toEqual([...waiting, 'TaskFailed', 'ExecutionFailed']);
    await stacks.settled(requestId);
    expect(await counts(requestId)).toMatchObject({ outcome: 4, reminder: 30, escalation: 1 });
    const acts = (await stacks.acts(requestId)).map(({ act }) => act);
    expect(acts.filter((act) => act === 'Reminded')).toHaveLength(12);
    expect(acts.filter((act) => act === 'Escalated' || act === 'Decided')).toEqual(['Escalated', 'Decided']);
  });

  it('mails the same link and code all the time, which still shows how it ended', async () => {
    const mails = (await stacks.mails()).filter(({ to }) => to.includes(BEN));
    const links = new Set(mails.map(({ text }) => JSON.stringify(invitationIn(text))).filter(Boolean));
    expect(links.size).toBe(1);
    const { linkId, code } = JSON.parse([...links][0]!);
    const page = await stacks.page(`/a/${linkId}`);
    expect(page.status).toBe(200);
    expect(page.body).toContain('Expired');
    const { payloadHash } = await stacks.request((await requestIds())[0]!);
    const late = await stacks.post(linkId, { act: 'decide', decision: 'approve', payloadHash, code });
    expect(late.status).toBe(410);
    expect(stacks.warnings).toEqual([]);
  });

  /** Waits until the request has nothing that is due, nor a wake-up that should have come. */
  async function woken(requestId: string): Promise<void> {
    await stacks.until('quiet', async () => {
      const row = await stacks.row(requestId);
      const isDue = row.dueQueue.S === 'effects' || Number(row.dueAt.N) + 2_000 <= stacks.clock.now();
      return isDue ? undefined : true;
    });
  }

  async function history(executionArn: string): Promise<{ type: string }[]> {
    return (await stacks.call('states', 'GetExecutionHistory', { executionArn, maxResults: 1000 })).events;
  }

  async function counts(requestId: string): Promise<Record<string, number>> {
    const found: Record<string, number> = {};
    for (const { tags } of await stacks.mails(requestId)) found[tags.kind] = (found[tags.kind] ?? 0) + 1;
    return found;
  }

  async function requestIds(): Promise<string[]> {
    return [...new Set((await stacks.mails()).map(({ tags }) => tags.requestId))];
  }
});
