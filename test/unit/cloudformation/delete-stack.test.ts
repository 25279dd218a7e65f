import { aBox, aThing, cloud, template } from './cloud';

it('deletes each resource before those it depends on', async () => {
  const { create, remove, log, shelf, call } = cloud();
  await create(template({ A: aThing(), B: aBox({ Ref: 'A' }), C: aBox({ Ref: 'B' }) }));
  log.length = 0;
  await remove();
  expect(log).toEqual(['delete C', 'delete B', 'delete A']);
  expect(shelf.size).toBe(0);
  await expect(call('DescribeStacks', { StackName: 'stack' })).rejects.toThrow('Stack with id stack does not exist');
});

it('keeps what has a policy to be retained', async () => {
  const { create, remove, shelf, describe, events } = cloud();
  await create(template({ A: aThing({ Name: 'a' }, { DeletionPolicy: 'Retain' }), B: aThing() }));
  const { StackId } = await describe();
  await remove();
  expect([...shelf.keys()]).toEqual(['a']);
  expect(await events(StackId)).toContain('A DELETE_SKIPPED');
});

it('counts a resource as deleted that is gone already', async () => {
  const { create, remove, shelf } = cloud();
  await create(template({ A: aBox('x') }));
  shelf.clear();
  await expect(remove()).resolves.toBeUndefined();
});

it('fails with the resource that cannot be deleted, and can be tried again', async () => {
  const { create, remove, describe, update, shelf } = cloud();
  await create(template({ A: aThing({ Name: 'a', Sticks: true }), B: aBox({ Ref: 'A' }) }));
  await expect(remove()).rejects.toThrow('ended as DELETE_FAILED: A: Resource handler returned message: "a sticks"');
  expect(await describe()).toMatchObject({
    StackStatus: 'DELETE_FAILED',
    StackStatusReason: 'The following resource(s) failed to delete: [A]. ',
  });
  expect([...shelf.keys()]).toEqual(['a']);
  await expect(update(template({ A: aThing({ Name: 'a' }) }))).rejects.toThrow('is in DELETE_FAILED state');
  await expect(remove()).rejects.toThrow('DELETE_FAILED');
});

it('does nothing for a stack that is not there', async () => {
  await expect(cloud().remove('nobody')).resolves.toBeUndefined();
});

it('fails while the stack is protected', async () => {
  const { cloudformation, remove } = cloud();
  const { done } = await cloudformation.createStack({
    stackName: 'stack',
    template: template({ A: aThing() }) as never,
    terminationProtection: true,
  });
  await done;
  await expect(remove()).rejects.toThrow('Stack [stack] cannot be deleted while TerminationProtection is enabled');
});
