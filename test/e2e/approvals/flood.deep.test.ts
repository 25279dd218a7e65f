import { ApprovalStacks } from '../../support/approvals/approval-stacks';
import { RawClient } from '../../support/approvals/raw-request';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

it('answers 5,000 requests at once with 200 or 429, and takes an answer afterwards', async () => {
  const stacks = await ApprovalStacks.start();
  const client = new RawClient(stacks.outputs.ApprovalsApiUrl!);
  try {
    const { executionArn, ...invitation } = await stacks.invite({ approvers: ['zoe@example.com'] });
    const answers = await Promise.all(
      Array.from({ length: 5_000 }, (_, index) =>
        index % 2 === 0
          ? client.send(`/a/${invitation.linkId}`)
          : client.send(`/a/${invitation.linkId}`, { method: 'POST', headers: FORM, body: 'act=decide&payloadHash=x' }),
      ),
    );
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].filter((status) => ![200, 422, 429].includes(status))).toEqual([]);
    expect(statuses).toContain(429);
    expect((await stacks.linkRow(invitation.linkId)).attempts.N).toBe('0');
    await stacks.leap(10_000);
    expect((await stacks.decide(invitation, 'approve')).status).toBe(200);
    expect(await stacks.ended(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(stacks.warnings).toEqual([]);
  } finally {
    client.close();
    await stacks.stop();
  }
});
