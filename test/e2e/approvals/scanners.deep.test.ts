import { ApprovalStacks } from '../../support/approvals/approval-stacks';
import { scan } from './scan';

it('changes nothing by 10,000 GETs and HEADs of mail scanners, and 2,000 forms without the code', async () => {
  const stacks = await ApprovalStacks.start();
  try {
    const { statuses, before, after } = await scan(stacks, 10_000, 2_000);
    expect(after).toEqual(before);
    expect(statuses[200]).toBe(10_000);
    expect(stacks.warnings).toEqual([]);
  } finally {
    await stacks.stop();
  }
});
