import { ApprovalStacks } from '../../support/approvals/approval-stacks';
import { changedPayloads } from './changed-payload';
import { hostileAsks } from './hostile-asks';
import { hostileRequests } from './hostile-requests';
import { unmailedLinks } from './links';

describe('approvals under attack, all on one deployment', () => {
  let stacks: ApprovalStacks;
  beforeAll(async () => {
    stacks = await ApprovalStacks.start();
  });
  afterAll(() => stacks.stop());

  unmailedLinks(() => stacks);
  hostileRequests(() => stacks);
  hostileAsks(() => stacks);
  changedPayloads(() => stacks);
});
