import { ApprovalStacks } from '../../support/approvals/approval-stacks';
import { scan } from './scan';

describe('a link that mail scanners open', () => {
  let stacks: ApprovalStacks;
  beforeAll(async () => {
    stacks = await ApprovalStacks.start();
  });
  afterAll(() => stacks.stop());

  it('changes nothing by 200 GETs and HEADs, and 200 forms without the code', async () => {
    const { statuses, before, after } = await scan(stacks, 200, 200);
    expect(after).toEqual(before);
    expect(
      Object.keys(statuses)
        .map(Number)
        .filter((status) => ![200, 400, 422].includes(status)),
    ).toEqual([]);
    expect(statuses[200]).toBe(200);
  });

  it('still takes the answer of the person with the code', async () => {
    const { executionArn, ...invitation } = await stacks.invite();
    expect((await stacks.decide(invitation, 'approve')).status).toBe(200);
    expect(await stacks.ended(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(stacks.warnings).toEqual([]);
  });
});
