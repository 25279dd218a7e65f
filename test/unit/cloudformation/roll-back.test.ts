import { aBox, aThing, cloud, template } from './cloud';

type Cloud = ReturnType<typeof cloud>;

const creating = ({ call }: Cloud, body: object, more: object) =>
  call('CreateStack', { StackName: 'stack', TemplateBody: JSON.stringify(body), ...more });
const updating = ({ call }: Cloud, body: object, more: object) =>
  call('UpdateStack', { StackName: 'stack', TemplateBody: JSON.stringify(body), ...more });

describe('without rollback', () => {
  const failing = template({ First: aThing({ Name: 'f' }), Bad: aThing({ Fails: { Ref: 'First' } }) });

  it('a creation keeps what it has made, goes on from there, or is rolled back', async () => {
    const account = cloud();
    const { shelf, describe, call, log } = account;
    await creating(account, failing, { DisableRollback: true });
    expect(await describe()).toMatchObject({ StackStatus: 'CREATE_FAILED', DisableRollback: true });
    expect([...shelf.keys()]).toEqual(['f']);
    const mended = template({ First: aThing({ Name: 'f' }), Bad: aThing({ Name: 'good' }) });
    await expect(updating(account, mended, {})).rejects.toThrow('currently in a non-terminal [CREATE_FAILED] state');
    await updating(account, failing, { DisableRollback: true });
    expect((await describe()).StackStatus).toBe('CREATE_FAILED');
    await call('RollbackStack', { StackName: 'stack' });
    expect((await describe()).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(log).toEqual(['create First', 'delete First']);
  });

  it('a creation that is mended is complete', async () => {
    const account = cloud();
    await creating(account, failing, { DisableRollback: true });
    const mended = template({ First: aThing({ Name: 'f' }), Bad: aThing({ Name: 'good' }) });
    await updating(account, mended, { DisableRollback: true });
    expect((await account.describe()).StackStatus).toBe('UPDATE_COMPLETE');
    expect([...account.shelf.keys()]).toEqual(['f', 'good']);
  });

  it('an update is rolled back to what stood before all that failed', async () => {
    const account = cloud();
    const { create, describe, shelf, call } = account;
    await create(template({ A: aThing({ Name: 'a', Size: 1 }), Box: aBox('x') }));
    const before = new Map(shelf);
    const bad = (Size: number) => ({
      A: aThing({ Name: 'a', Size }),
      Box: aBox(String(Size)),
      Bad: aThing({ Fails: { 'Fn::Sub': '${A}${Box}' } }),
    });
    await updating(account, template(bad(2)), { DisableRollback: true });
    await updating(account, template(bad(3)), { DisableRollback: true });
    expect((await describe()).StackStatus).toBe('UPDATE_FAILED');
    expect(shelf.get('a').Size).toBe(3);
    await call('RollbackStack', { StackName: 'stack' });
    expect((await describe()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(new Map(shelf)).toEqual(before);
  });
});

it('makes a change again that failed, also when the template is back to what it was', async () => {
  const account = cloud();
  const { create, call, log } = account;
  const good = template({ A: aThing({ Name: 'a', Size: 1 }), B: aThing({ Name: 'b' }) });
  await create(good);
  const bad = template({ A: aThing({ Name: 'a', Fails: true }), B: aThing({ Name: 'b' }) });
  await updating(account, bad, { DisableRollback: true });
  const statuses = async () =>
    (await call('DescribeStackResources', { StackName: 'stack' })).StackResources.map(
      ({ LogicalResourceId, ResourceStatus }: any) => `${LogicalResourceId} ${ResourceStatus}`,
    );
  expect(await statuses()).toEqual(['A UPDATE_FAILED', 'B CREATE_COMPLETE']);
  log.length = 0;
  await updating(account, good, { DisableRollback: true });
  expect(log).toEqual(['change A']);
  expect(await statuses()).toEqual(['A UPDATE_COMPLETE', 'B CREATE_COMPLETE']);
});

it('deletes a stack whose creation failed when it was asked to', async () => {
  const account = cloud();
  const body = template({ First: aThing(), Bad: aThing({ Fails: { Ref: 'First' } }) });
  const { StackId } = await creating(account, body, { OnFailure: 'DELETE' });
  expect(account.shelf.size).toBe(0);
  expect((await account.describe(StackId)).StackStatus).toBe('DELETE_COMPLETE');
});

it('tells of an update that failed as AWS does: back first, then the cleanup', async () => {
  const { create, update, events } = cloud();
  await create(template({ A: aThing({ Name: 'a', Size: 1 }), Box: aBox('x') }));
  const count = (await events('stack')).length;
  const next = {
    A: aThing({ Name: 'a', Size: 2 }),
    Box: aBox('y'),
    Bad: aThing({ Fails: true }, { DependsOn: ['A', 'Box'] }),
  };
  await expect(update(template(next))).rejects.toThrow('UPDATE_ROLLBACK_COMPLETE');
  const told = (await events('stack')).slice(count);
  expect(told).toContain(
    'Box UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.',
  );
  expect(told.slice(-8)).toEqual([
    expect.stringMatching(/^Bad CREATE_FAILED/),
    'stack UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Bad].',
    'A UPDATE_IN_PROGRESS',
    'A UPDATE_COMPLETE',
    'stack UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'Box DELETE_IN_PROGRESS',
    'Box DELETE_COMPLETE',
    'stack UPDATE_ROLLBACK_COMPLETE',
  ]);
});

describe('a rollback that fails', () => {
  /** The old state of A is refused once it has been left. */
  async function stuckStack() {
    const account = cloud();
    const { create, update } = account;
    await create(template({ A: aThing({ Name: 'a', Size: 1 }), B: aThing({ Name: 'b', Size: 1 }) }));
    account.refused.add('A');
    const next = {
      A: aThing({ Name: 'a', Size: 2 }),
      B: aThing({ Name: 'b', Size: 2 }),
      Bad: aThing({ Fails: true }, { DependsOn: ['A', 'B'] }),
    };
    await expect(update(template(next))).rejects.toThrow('UPDATE_ROLLBACK_FAILED');
    return account;
  }

  it('goes on when what stood in its way is gone', async () => {
    const { call, describe, shelf, refused } = await stuckStack();
    expect(await describe()).toMatchObject({
      StackStatus: 'UPDATE_ROLLBACK_FAILED',
      StackStatusReason: expect.stringContaining('The following resource(s) failed to update: [A].'),
    });
    expect(shelf.get('b').Size).toBe(1);
    refused.clear();
    await call('ContinueUpdateRollback', { StackName: 'stack' });
    expect((await describe()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(shelf.get('a').Size).toBe(1);
  });

  it('leaves what it is told to skip', async () => {
    const { call, describe, shelf } = await stuckStack();
    await expect(call('ContinueUpdateRollback', { StackName: 'stack', ResourcesToSkip: ['B'] })).rejects.toThrow(
      'Resources [B] are not in the UPDATE_FAILED state',
    );
    await call('ContinueUpdateRollback', { StackName: 'stack', ResourcesToSkip: ['A'] });
    expect((await describe()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(shelf.get('a').Size).toBe(2);
  });
});

describe('a deletion that fails', () => {
  it('can be tried again without the resources that stick', async () => {
    const { create, call, describe, shelf } = cloud();
    await create(template({ A: aThing({ Name: 'a', Sticks: true }), B: aThing({ Name: 'b' }) }));
    await call('DeleteStack', { StackName: 'stack' });
    expect(await describe()).toMatchObject({
      StackStatus: 'DELETE_FAILED',
      StackStatusReason: expect.stringContaining('The following resource(s) failed to delete: [A].'),
    });
    expect((await call('DescribeStackResources', { StackName: 'stack' })).StackResources).toMatchObject([
      {
        LogicalResourceId: 'A',
        ResourceStatus: 'DELETE_FAILED',
        ResourceStatusReason: expect.stringContaining('sticks'),
      },
    ]);
    await call('DeleteStack', { StackName: 'stack', RetainResources: ['A'] });
    await expect(describe()).rejects.toThrow('does not exist');
    expect([...shelf.keys()]).toEqual(['a']);
  });

  it('can be forced', async () => {
    const { create, call, describe } = cloud();
    await create(template({ A: aThing({ Name: 'a', Sticks: true }), B: aThing({ Name: 'b' }) }));
    const force = { StackName: 'stack', DeletionMode: 'FORCE_DELETE_STACK' };
    await expect(call('DeleteStack', force)).rejects.toThrow('only when the stack is in the DELETE_FAILED state');
    await call('DeleteStack', { StackName: 'stack' });
    await call('DeleteStack', force);
    await expect(describe()).rejects.toThrow('does not exist');
  });
});
