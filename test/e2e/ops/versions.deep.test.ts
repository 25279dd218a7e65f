import { OpsStacks } from '../../support/ops-stacks';

let stacks: OpsStacks;

beforeAll(async () => {
  stacks = await OpsStacks.start();
  await stacks.stock('lamp', 100);
}, 240_000);
afterAll(() => stacks?.stop());

describe('npm run ops -- versions', () => {
  it('shows which version each execution runs, and what the alias gives it', async () => {
    await stacks.place('order-1', 'lamp');
    await stacks.awaitOrder('order-1', 'OrderConfirmed');
    const machines = await stacks.opsJson('versions', 'list');
    const saga = machines.find(({ machine }) => machine.endsWith('-saga'));
    expect(saga.versions).toEqual([expect.objectContaining({ number: 1, weights: { live: 100 }, running: 0 })]);
    expect(await stacks.opsJson('versions', 'executions', 'saga')).toEqual([
      expect.objectContaining({ name: 'order-1', status: 'SUCCEEDED', version: 1 }),
    ]);
    const { output } = await stacks.ops('versions', 'list');
    expect(output).toMatch(/-saga +1 +100 % of live +0 /);
  });

  it('deletes what nothing needs, and records it', async () => {
    expect((await stacks.ops('versions', 'prune')).output).toBe('Nothing is needless.\n');
    const stateMachineArn = stacks.orders.UndoMachineArn;
    const { definition } = await stacks.call('states', 'DescribeStateMachine', { stateMachineArn });
    for (const Comment of ['second', 'third']) {
      const changed = JSON.stringify({ ...JSON.parse(definition), Comment });
      await stacks.call('states', 'UpdateStateMachine', { stateMachineArn, definition: changed, publish: true });
    }
    const dryRun = await stacks.opsJson('versions', 'prune', '--keep', '1', '--dry-run');
    expect(dryRun).toEqual([expect.objectContaining({ version: 2, isDeleted: false })]);
    expect((await stacks.ops('versions', 'prune', '--keep', '1')).output).toContain('1 versions deleted.');
    const acts = await stacks.acts(stacks.orders);
    expect(acts).toContainEqual(expect.objectContaining({ act: 'versions prune', version: `${stateMachineArn}:2` }));
    const { stateMachineVersions } = await stacks.call('states', 'ListStateMachineVersions', { stateMachineArn });
    expect(stateMachineVersions.map(({ stateMachineVersionArn }: any) => stateMachineVersionArn)).toEqual([
      `${stateMachineArn}:3`,
      `${stateMachineArn}:1`,
    ]);
  });
});
