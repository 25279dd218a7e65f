import { aBox, aThing, cloud, template } from './cloud';

type Cloud = ReturnType<typeof cloud>;

const creation = (body: object, more: object = {}) => ({
  StackName: 'stack',
  ChangeSetName: 'next',
  ChangeSetType: 'CREATE',
  TemplateBody: JSON.stringify(body),
  ...more,
});
const update = (body: object, more: object = {}) => creation(body, { ChangeSetType: 'UPDATE', ...more });
const described = ({ call }: Cloud, more: object = {}) =>
  call('DescribeChangeSet', { StackName: 'stack', ChangeSetName: 'next', ...more });
const changesOf = async (account: Cloud) =>
  (await described(account)).Changes.map(({ ResourceChange: change }: any) =>
    [change.Action, change.LogicalResourceId, change.Replacement].filter(Boolean).join(' '),
  );

it('makes a stack under review, which has nothing until the change set is executed', async () => {
  const account = cloud();
  const { call, describe, shelf, events } = account;
  const { Id, StackId } = await call('CreateChangeSet', creation(template({ A: aThing({ Name: 'a' }) })));
  expect(Id).toMatch(/^arn:aws:cloudformation:us-east-1:000000000000:changeSet\/next\//);
  expect(await describe()).toMatchObject({ StackId, StackStatus: 'REVIEW_IN_PROGRESS', Outputs: [] });
  expect(shelf.size).toBe(0);
  expect(await changesOf(account)).toEqual(['Add A']);
  await call('ExecuteChangeSet', { ChangeSetName: Id });
  expect([...shelf.keys()]).toEqual(['a']);
  expect(await describe()).toMatchObject({ StackId, StackStatus: 'CREATE_COMPLETE', ChangeSetId: Id });
  expect(await events('stack')).toEqual([
    'stack REVIEW_IN_PROGRESS User Initiated',
    'stack CREATE_IN_PROGRESS User Initiated',
    'A CREATE_IN_PROGRESS',
    'A CREATE_IN_PROGRESS Resource creation Initiated',
    'A CREATE_COMPLETE',
    'stack CREATE_COMPLETE',
  ]);
  expect(await described(account)).toMatchObject({ ExecutionStatus: 'EXECUTE_COMPLETE' });
});

it('foresees what an update adds, changes in place, replaces and removes, and does just that', async () => {
  const account = cloud();
  const { call, create, log } = account;
  const before = {
    Changed: aThing({ Name: 'c', Size: 1 }),
    Box: aBox('x'),
    Gone: aThing({ Name: 'g' }),
    Same: aThing(),
  };
  await create(template(before));
  const user = aThing({ Name: 'u', Parts: [{ Label: { Ref: 'Box' } }] });
  const after = { Changed: aThing({ Name: 'c', Size: 2 }), Box: aBox('y'), Same: aThing(), Added: user };
  await call('CreateChangeSet', update(template(after)));
  expect(await changesOf(account)).toEqual(['Modify Changed False', 'Modify Box True', 'Add Added', 'Remove Gone']);
  log.length = 0;
  await call('ExecuteChangeSet', { StackName: 'stack', ChangeSetName: 'next' });
  expect(log.sort()).toEqual(['change Changed', 'create Added', 'create Box', 'delete Box', 'delete Gone']);
});

it('says which property changes, from what to what, and because of whom', async () => {
  const account = cloud();
  const { call, create } = account;
  await create(template({ Box: aBox('x'), User: aThing({ Name: 'u', Size: 1, Colour: { Ref: 'Box' } }) }));
  const next = { Box: aBox('y'), User: aThing({ Name: 'u', Size: 2, Colour: { Ref: 'Box' } }) };
  await call('CreateChangeSet', update(template(next)));
  const { Changes } = await described(account, { IncludePropertyValues: true });
  const user = Changes.find(({ ResourceChange }: any) => ResourceChange.LogicalResourceId === 'User').ResourceChange;
  expect(user).toMatchObject({
    PhysicalResourceId: 'u',
    Scope: ['Properties'],
    Details: [
      {
        Target: {
          Attribute: 'Properties',
          Name: 'Size',
          RequiresRecreation: 'Never',
          Path: '/Properties/Size',
          BeforeValue: '1',
          AfterValue: '2',
          AttributeChangeType: 'Modify',
        },
        Evaluation: 'Static',
        ChangeSource: 'DirectModification',
      },
      {
        Target: { Name: 'Colour', AfterValue: '{{changeSet:KNOWN_AFTER_APPLY}}' },
        Evaluation: 'Dynamic',
        ChangeSource: 'ResourceReference',
        CausingEntity: 'Box',
      },
    ],
  });
  expect(JSON.parse(user.BeforeContext).Properties.Size).toBe(1);
  const plain = await described(account);
  expect(JSON.stringify(plain)).not.toContain('BeforeValue');
});

it('fails, in the words that tools look for, when nothing would change', async () => {
  const account = cloud();
  await account.create(template({ A: aThing({ Name: 'a' }) }));
  await account.call('CreateChangeSet', update(template({ A: aThing({ Name: 'a' }) })));
  expect(await described(account)).toMatchObject({
    Status: 'FAILED',
    ExecutionStatus: 'UNAVAILABLE',
    StatusReason: expect.stringMatching(/^The submitted information didn't contain changes\./),
  });
  await expect(account.call('ExecuteChangeSet', { StackName: 'stack', ChangeSetName: 'next' })).rejects.toMatchObject({
    code: 'InvalidChangeSetStatus',
  });
});

it('fails early for what is not emulated; the events and the log name resource and property', async () => {
  const account = cloud();
  const resources = { A: aThing({ Wings: 2 }), B: { Type: 'AWS::Unknown::Thing' } };
  await account.call('CreateChangeSet', creation(template(resources)));
  const { Status, StatusReason } = await described(account);
  expect(Status).toBe('FAILED');
  expect(StatusReason).toContain('[AWS::EarlyValidation::PropertyValidation]');
  const input = { StackName: 'stack', ChangeSetName: 'next', Filters: { FailedEvents: true } };
  const { OperationEvents } = await account.call('DescribeEvents', input);
  expect(OperationEvents).toMatchObject([
    { LogicalResourceId: 'A', ValidationPath: '/Resources/A/Properties/Wings', ValidationStatus: 'FAILED' },
    { LogicalResourceId: 'B', ValidationPath: '/Resources/B/Type' },
  ]);
  expect(account.warnings).toEqual([
    expect.stringContaining('stack stack: A (Shop::Thing): property Wings is not emulated'),
    expect.stringContaining('stack stack: B (AWS::Unknown::Thing): this resource type is not emulated'),
  ]);
});

it('takes the other change sets of a stack along when one is executed', async () => {
  const { call, create } = cloud();
  await create(template({ A: aThing({ Name: 'a', Size: 1 }) }));
  await call('CreateChangeSet', update(template({ A: aThing({ Name: 'a', Size: 2 }) })));
  await call('CreateChangeSet', update(template({ A: aThing({ Name: 'a', Size: 3 }) }), { ChangeSetName: 'other' }));
  const names = async () =>
    (await call('ListChangeSets', { StackName: 'stack' })).Summaries.map((summary: any) => summary.ChangeSetName);
  expect(await names()).toEqual(['next', 'other']);
  await call('ExecuteChangeSet', { StackName: 'stack', ChangeSetName: 'other' });
  expect(await names()).toEqual(['other']);
});

it('gives the same change set for the same request, and refuses another under its name', async () => {
  const { call } = cloud();
  const request = creation(template({ A: aThing() }), { ClientToken: 'once' });
  const first = await call('CreateChangeSet', request);
  expect(await call('CreateChangeSet', request)).toEqual(first);
  await expect(call('CreateChangeSet', { ...request, ClientToken: 'twice' })).rejects.toMatchObject({
    code: 'AlreadyExistsException',
  });
});

it.each([
  ['an update of no stack', { ChangeSetType: 'UPDATE' }, 'Stack with id stack does not exist'],
  ['an import', { ChangeSetType: 'IMPORT' }, 'ChangeSetType IMPORT is not emulated'],
  ['resources to import', { ResourcesToImport: [{}] }, 'Importing existing resources into a stack is not emulated.'],
  ['a bad name', { ChangeSetName: '1' }, "Value '1' at 'changeSetName' failed to satisfy constraint"],
  ['a role that cannot be taken', { RoleARN: 'arn:aws:iam::000000000000:role/none' }, 'invalid or cannot be assumed'],
])('refuses %s', async (_what, more, message) => {
  const { call, gateway } = cloud();
  gateway.assumeRole = () => {
    throw new Error('no such role');
  };
  await expect(call('CreateChangeSet', creation(template({ A: aThing() }), more))).rejects.toThrow(message);
});

it('goes with its stack, and may be deleted twice', async () => {
  const account = cloud();
  const { call, describe } = account;
  await call('CreateChangeSet', creation(template({ A: aThing() })));
  await call('DeleteChangeSet', { StackName: 'stack', ChangeSetName: 'next' });
  await call('DeleteChangeSet', { StackName: 'stack', ChangeSetName: 'next' });
  await expect(described(account)).rejects.toMatchObject({ code: 'ChangeSetNotFound' });
  await call('CreateChangeSet', creation(template({ A: aThing() })));
  await call('DeleteStack', { StackName: 'stack' });
  await expect(describe()).rejects.toThrow('Stack with id stack does not exist');
});

it('is executed once, however many ask at the same time', async () => {
  const { call, log } = cloud();
  await call('CreateChangeSet', creation(template({ A: aThing() })));
  const execute = () => call('ExecuteChangeSet', { StackName: 'stack', ChangeSetName: 'next' });
  const ends = await Promise.allSettled([execute(), execute()]);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(log).toEqual(['create A']);
});
