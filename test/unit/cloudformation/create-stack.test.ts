import { aBox, aThing, cloud, template } from './cloud';

it('creates resources after those they refer to, and resolves what they ask for', async () => {
  const { create, shelf, log, describe } = cloud();
  const resources = {
    Last: aBox({ 'Fn::Sub': '${Thing.Arn} ${Thing.Owner.Name}' }),
    Thing: aThing({ Name: { 'Fn::Join': ['-', [{ Ref: 'AWS::StackName' }, 'thing']] } }),
  };
  const Outputs = { Box: { Value: { Ref: 'Last' } }, Count: { Value: 3, Description: 'how many' } };
  await create(template(resources, { Outputs }));
  expect(log).toEqual(['create Thing', 'create Last']);
  expect(shelf.get('stack-thing')).toEqual({ Name: 'stack-thing' });
  const { StackStatus, Outputs: outputs } = await describe();
  expect(StackStatus).toBe('CREATE_COMPLETE');
  expect(shelf.get(outputs[0].OutputValue)).toEqual({ Content: 'arn:stack-thing me' });
  expect(outputs[1]).toMatchObject({ OutputKey: 'Count', OutputValue: '3', Description: 'how many' });
});

it('hands numbers and booleans over that stand as text in the template', async () => {
  const { create, shelf } = cloud();
  await create(
    template(
      { A: aThing({ Name: 'a', Size: { Ref: 'Size' }, IsHeavy: 'true', Parts: [{ Weight: '2.5', Label: '7' }] }) },
      { Parameters: { Size: { Type: 'Number', Default: 30 } } },
    ),
  );
  expect(shelf.get('a')).toEqual({ Name: 'a', Size: 30, IsHeavy: true, Parts: [{ Weight: 2.5, Label: '7' }] });
});

it('makes names of stack, logical id and a suffix', async () => {
  const { create, shelf } = cloud();
  await create(template({ Thing: aThing() }), 'a-stack');
  expect([...shelf.keys()]).toEqual([expect.stringMatching(/^a-stack-Thing-[A-Z0-9]{12}$/)]);
});

it('lists everything that is not emulated before it creates anything', async () => {
  const { create, shelf, call } = cloud();
  const resources = {
    Good: aThing(),
    A: aThing({ Wings: 2, Parts: [{ Label: 'x' }, { Smell: 'y' }] }),
    B: { Type: 'AWS::Unknown::Thing' },
    D: aThing({ Parts: { 'Fn::If': ['Yes', [{ Taste: 1 }], { Ref: 'AWS::NoValue' }] } }),
  };
  const Conditions = { Yes: { 'Fn::Equals': ['a', 'a'] } };
  const refused = create(template(resources, { Conditions }));
  await expect(refused).rejects.toMatchObject({
    code: 'ValidationError',
    message: [
      'stack stack: A (Shop::Thing): property Wings is not emulated: leave it out of the stages that run embedded',
      'stack stack: A (Shop::Thing): property Parts.1.Smell is not emulated: leave it out of the stages that run embedded',
      'stack stack: B (AWS::Unknown::Thing): this resource type is not emulated: leave it out of the stages that run embedded',
      'stack stack: D (Shop::Thing): property Parts.0.Taste is not emulated: leave it out of the stages that run embedded',
    ].join('\n'),
  });
  expect(shelf.size).toBe(0);
  await expect(call('DescribeStacks', { StackName: 'stack' })).rejects.toThrow('Stack with id stack does not exist');
});

it("accepts the CDK's own metadata", async () => {
  const { create, describe } = cloud();
  await create(template({ CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2:x' } } }));
  expect((await describe()).StackStatus).toBe('CREATE_COMPLETE');
});

it('reads the version of the bootstrap from SSM, and checks the rule on it', async () => {
  const { create, setParameter } = cloud();
  await setParameter('/cdk-bootstrap/hnb659fds/version', '33');
  const rule = (versions: string[]) => ({
    Parameters: {
      BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' },
    },
    Rules: {
      Check: {
        Assertions: [
          {
            Assert: { 'Fn::Not': [{ 'Fn::Contains': [versions, { Ref: 'BootstrapVersion' }] }] },
            AssertDescription: 'bootstrap again',
          },
        ],
      },
    },
  });
  await create(template({ A: aThing() }, rule(['1', '5'])));
  await expect(create(template({ A: aThing() }, rule(['33'])), 'other')).rejects.toThrow('bootstrap again');
});

it('rejects a parameter of SSM that is not there', async () => {
  const Parameters = { V: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/nothing' } };
  await expect(cloud().create(template({ A: aThing() }, { Parameters }))).rejects.toThrow(
    'Unable to fetch parameters [/nothing] from parameter store for this account.',
  );
});

it('resolves dynamic references to SSM, to the latest version or to a given one', async () => {
  const { create, shelf, setParameter } = cloud();
  await setParameter('/size', '33');
  await setParameter('/size', '34');
  await create(template({ A: aThing({ Name: 'v{{resolve:ssm:/size}}-{{resolve:ssm:/size:1}}' }) }));
  expect([...shelf.keys()]).toEqual(['v34-33']);
});

describe('a failure', () => {
  const failing = template({ First: aThing(), Bad: aThing({ Fails: { Ref: 'First' } }), Never: aBox({ Ref: 'Bad' }) });

  it('deletes what was made, begins nothing that waited, and says why', async () => {
    const { create, shelf, events, describe, log } = cloud();
    const reason =
      /Bad: Resource handler returned message: "Bad cannot be made" \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: InvalidRequest\)/;
    await expect(create(failing)).rejects.toThrow(reason);
    expect(shelf.size).toBe(0);
    expect(log).toEqual(['create First', 'delete First']);
    expect(await events('stack')).toEqual([
      'stack CREATE_IN_PROGRESS User Initiated',
      'First CREATE_IN_PROGRESS',
      'First CREATE_IN_PROGRESS Resource creation Initiated',
      'First CREATE_COMPLETE',
      'Bad CREATE_IN_PROGRESS',
      expect.stringMatching(/^Bad CREATE_FAILED Resource handler returned message: "Bad cannot be made"/),
      'stack ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Bad]. Rollback requested by user.',
      'First DELETE_IN_PROGRESS',
      'First DELETE_COMPLETE',
      'stack ROLLBACK_COMPLETE',
    ]);
    expect((await describe()).StackStatus).toBe('ROLLBACK_COMPLETE');
  });

  it('deletes the last first', async () => {
    const { create, log } = cloud();
    const resources = { A: aThing(), B: aBox({ Ref: 'A' }), Bad: aThing({ Fails: { Ref: 'B' } }) };
    await expect(create(template(resources))).rejects.toThrow('ROLLBACK_COMPLETE');
    expect(log).toEqual(['create A', 'create B', 'delete B', 'delete A']);
  });

  it('keeps what has a policy to be retained, but not on creation where the policy says so', async () => {
    const { create, log } = cloud();
    const resources = {
      Kept: aThing({}, { DeletionPolicy: 'Retain' }),
      KeptLater: aThing({}, { DeletionPolicy: 'RetainExceptOnCreate' }),
      Bad: aThing({ Fails: true }, { DependsOn: ['Kept', 'KeptLater'] }),
    };
    await expect(create(template(resources))).rejects.toThrow('ROLLBACK_COMPLETE');
    expect(log).toEqual(['create Kept', 'create KeptLater', 'delete KeptLater']);
  });

  it('says what could not be taken back', async () => {
    const { create, describe, shelf } = cloud();
    const resources = {
      Stuck: aThing({ Name: 's', Sticks: true }),
      Bad: aThing({ Fails: true }, { DependsOn: 'Stuck' }),
    };
    await expect(create(template(resources))).rejects.toThrow('ROLLBACK_FAILED');
    expect(await describe()).toMatchObject({
      StackStatus: 'ROLLBACK_FAILED',
      StackStatusReason: 'The following resource(s) failed to delete: [Stuck]. ',
    });
    expect([...shelf.keys()]).toEqual(['s']);
  });

  it('names the attribute that a resource does not have, and those it has', async () => {
    const resources = { A: aThing(), B: aBox({ 'Fn::GetAtt': ['A', 'Colour'] }) };
    await expect(cloud().create(template(resources))).rejects.toThrow(
      'resource A does not support attribute type Colour in Fn::GetAtt (Shop::Thing gives Arn, Owner.Name here)',
    );
  });

  it('stands in the stack when an output is no text', async () => {
    const { create, shelf } = cloud();
    const refused = create(template({ A: aThing() }, { Outputs: { O: { Value: ['a'] } } }));
    await expect(refused).rejects.toThrow(
      'Output O is malformed. The Value field of every Outputs member must evaluate to a String; it is ["a"]',
    );
    expect(shelf.size).toBe(0);
  });
});

it('rejects a second stack of the same name, and a name that AWS does not take', async () => {
  const { create } = cloud();
  await create(template({ A: aThing() }));
  await expect(create(template({ A: aThing() }))).rejects.toMatchObject({
    code: 'AlreadyExistsException',
    message: 'Stack [stack] already exists',
  });
  await expect(create(template({ A: aThing() }), '1stack')).rejects.toThrow(
    "Value '1stack' at 'stackName' failed to satisfy constraint",
  );
});
