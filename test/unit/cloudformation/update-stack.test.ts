import { aBox, aThing, cloud, template } from './cloud';

it('changes what differs, in place, and leaves the rest alone', async () => {
  const { create, update, log, shelf, describe } = cloud();
  await create(template({ A: aThing({ Name: 'a', Size: 1 }), B: aThing({ Name: 'b' }) }));
  log.length = 0;
  await update(template({ A: aThing({ Name: 'a', Size: 2 }), B: aThing({ Name: 'b' }) }));
  expect(log).toEqual(['change A']);
  expect(shelf.get('a').Size).toBe(2);
  expect((await describe()).StackStatus).toBe('UPDATE_COMPLETE');
});

it('adds what is new before it deletes what is gone', async () => {
  const { create, update, log } = cloud();
  await create(template({ Old: aThing({ Name: 'old' }) }));
  log.length = 0;
  await update(template({ New: aThing({ Name: 'new' }) }));
  expect(log).toEqual(['create New', 'delete Old']);
});

it('replaces what cannot be changed, hands the new id on, and deletes the old one at the end', async () => {
  const { create, update, log, shelf, events } = cloud();
  await create(template({ Box: aBox('x'), User: aThing({ Name: 'u', Parts: [{ Label: { Ref: 'Box' } }] }) }));
  log.length = 0;
  await update(template({ Box: aBox('y'), User: aThing({ Name: 'u', Parts: [{ Label: { Ref: 'Box' } }] }) }));
  expect(log).toEqual(['create Box', 'change User', 'delete Box']);
  const boxes = [...shelf].filter(([, { Content }]) => Content);
  expect(boxes).toEqual([[shelf.get('u').Parts[0].Label, { Content: 'y' }]]);
  expect((await events('stack')).slice(-4)).toEqual([
    'stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'Box DELETE_IN_PROGRESS',
    'Box DELETE_COMPLETE',
    'stack UPDATE_COMPLETE',
  ]);
});

it('takes another id from a change as a replacement, and keeps the old one where the policy says so', async () => {
  const { create, update, shelf } = cloud();
  await create(template({ A: aThing({ Name: 'a' }, { UpdateReplacePolicy: 'Retain' }), B: aThing({ Name: 'b' }) }));
  await update(template({ A: aThing({ Name: 'a2' }, { UpdateReplacePolicy: 'Retain' }), B: aThing({ Name: 'b2' }) }));
  expect([...shelf.keys()].sort()).toEqual(['a', 'a2', 'b2']);
});

it('keeps a removed resource whose policy is to be retained', async () => {
  const { create, update, shelf } = cloud();
  await create(template({ A: aThing({ Name: 'a' }, { DeletionPolicy: 'Retain' }), B: aThing({ Name: 'b' }) }));
  await update(template({ B: aThing({ Name: 'b' }) }));
  expect([...shelf.keys()]).toEqual(['a', 'b']);
});

it('follows a policy that changes alone', async () => {
  const { create, update, remove, shelf } = cloud();
  await create(template({ A: aThing({ Name: 'a' }) }));
  await update(template({ A: aThing({ Name: 'a' }, { DeletionPolicy: 'Retain' }) }));
  await remove();
  expect([...shelf.keys()]).toEqual(['a']);
});

describe('a failure', () => {
  it('puts everything back as it was', async () => {
    const { create, update, shelf, describe } = cloud();
    const resources = { Changed: aThing({ Name: 'c', Size: 1 }), Box: aBox('old'), Gone: aThing({ Name: 'g' }) };
    await create(template(resources, { Outputs: { Size: { Value: '1' } } }));
    const before = new Map(shelf);
    const next = {
      Changed: aThing({ Name: 'c', Size: 2 }),
      Box: aBox('new'),
      Added: aThing({ Name: 'added' }),
      Bad: aThing({ Fails: true }, { DependsOn: ['Changed', 'Box', 'Added'] }),
    };
    await expect(update(template(next, { Outputs: { Size: { Value: '2' } } }))).rejects.toThrow(
      'ended as UPDATE_ROLLBACK_COMPLETE: Bad: Resource handler returned message: "Bad cannot be made"',
    );
    expect(new Map(shelf)).toEqual(before);
    expect(await describe()).toMatchObject({
      StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
      Outputs: [{ OutputValue: '1' }],
    });
  });

  it('puts the policies of unchanged resources back too', async () => {
    const { create, update, remove, shelf } = cloud();
    await create(template({ A: aThing({ Name: 'a' }) }));
    const next = { A: aThing({ Name: 'a' }, { DeletionPolicy: 'Retain' }), Bad: aThing({ Fails: { Ref: 'A' } }) };
    await expect(update(template(next))).rejects.toThrow('UPDATE_ROLLBACK_COMPLETE');
    await remove();
    expect(shelf.size).toBe(0);
  });

  it('leaves a stack that can be updated again', async () => {
    const { create, update, shelf, remove } = cloud();
    await create(template({ A: aThing({ Name: 'a', Size: 1 }) }));
    await expect(update(template({ A: aThing({ Name: 'a', Fails: true }) }))).rejects.toThrow('"A cannot be changed"');
    await update(template({ A: aThing({ Name: 'a', Size: 3 }) }));
    expect(shelf.get('a')).toEqual({ Name: 'a', Size: 3 });
    await remove();
    expect(shelf.size).toBe(0);
  });
});

it('rejects an update that changes nothing', async () => {
  const { create, update } = cloud();
  await create(template({ A: aThing({ Name: 'a' }) }));
  await expect(update(template({ A: aThing({ Name: 'a' }, { Metadata: { 'aws:cdk:path': 'x' } }) }))).rejects.toThrow(
    'No updates are to be performed.',
  );
});

it('rejects another type under the same logical id', async () => {
  const { create, update } = cloud();
  await create(template({ A: aThing() }));
  await expect(update(template({ A: aBox('x') }))).rejects.toThrow(
    'The new template modifies resource type of the following resources: [A]',
  );
});

it('rejects an update of a stack that is not there or was rolled back', async () => {
  const { create, update } = cloud();
  await expect(update(template({ A: aThing() }))).rejects.toThrow('Stack with id stack does not exist');
  await expect(create(template({ A: aThing({ Fails: true }) }))).rejects.toThrow();
  await expect(update(template({ A: aThing() }))).rejects.toThrow(
    'is in ROLLBACK_COMPLETE state and can not be updated.',
  );
});
