import { account, document, trusting } from './account';

const grants = document({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' });
const role = { RoleName: 'worker', AssumeRolePolicyDocument: trusting('lambda.amazonaws.com') };
const get = (all: ReturnType<typeof account>, action: string, input: object) =>
  all.gateway.call(all.gateway.identify(''), 'iam', action, input);

it('creates a role with the ARN of its path', () => {
  const all = account();
  const created = all.provider('AWS::IAM::Role').create({ ...role, Path: '/team/' }, all.context);
  expect(created).toEqual({
    physicalId: 'worker',
    attributes: {
      Arn: 'arn:aws:iam::000000000000:role/team/worker',
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
    },
  });
});

it('keeps inline and managed policies of a role as its properties change', async () => {
  const all = account();
  const roles = all.provider('AWS::IAM::Role');
  const before = { ...role, Policies: [{ PolicyName: 'old', PolicyDocument: grants }] };
  roles.create(before, all.context);
  all
    .provider('AWS::IAM::Policy')
    .create({ PolicyName: 'other', PolicyDocument: grants, Roles: ['worker'] }, all.context);
  const after = {
    ...role,
    Policies: [{ PolicyName: 'new', PolicyDocument: grants }],
    ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'],
  };
  roles.update!('worker', after, before, all.context);
  expect(await get(all, 'ListRolePolicies', { RoleName: 'worker' })).toMatchObject({ PolicyNames: ['other', 'new'] });
  expect(await get(all, 'ListAttachedRolePolicies', { RoleName: 'worker' })).toMatchObject({
    AttachedPolicies: [{ PolicyName: 'AWSXRayDaemonWriteAccess' }],
  });
});

it('replaces a role whose name changes', () => {
  const all = account();
  const roles = all.provider('AWS::IAM::Role');
  roles.create(role, all.context);
  expect(roles.update!('worker', { ...role, RoleName: 'renamed' }, role, all.context)).toMatchObject({
    physicalId: 'renamed',
  });
});

const refusals: [string, string, object, string][] = [
  ['a role of a taken name', 'AWS::IAM::Role', role, 'Role with name worker already exists.'],
  [
    'a trust policy with a resource',
    'AWS::IAM::Role',
    { AssumeRolePolicyDocument: grants },
    'Has prohibited field Resource',
  ],
  [
    'a managed policy that is not known',
    'AWS::IAM::Role',
    { ...role, RoleName: 'b', ManagedPolicyArns: ['arn:aws:iam::aws:policy/Nope'] },
    'Policy arn:aws:iam::aws:policy/Nope does not exist or is not attachable.',
  ],
  [
    'a policy for a role that is not there',
    'AWS::IAM::Policy',
    { PolicyName: 'p', PolicyDocument: grants, Roles: ['nobody'] },
    'The role with name nobody cannot be found.',
  ],
  [
    'a policy that names a principal',
    'AWS::IAM::Policy',
    {
      PolicyName: 'p',
      PolicyDocument: document({ Effect: 'Allow', Action: 'a:B', Resource: '*', Principal: '*' }),
      Roles: ['worker'],
    },
    'Policy document should not specify a principal.',
  ],
];
test.each(refusals)('rejects %s', (_, type, properties, message) => {
  const all = account();
  all.provider('AWS::IAM::Role').create(role, all.context);
  expect(() => all.provider(type).create(properties, all.context)).toThrow(message);
});

it('fails to delete a role that has policies of others, and a policy that is attached', () => {
  const all = account();
  const roles = all.provider('AWS::IAM::Role');
  const managed = all.provider('AWS::IAM::ManagedPolicy');
  roles.create(role, all.context);
  const { physicalId } = managed.create({ PolicyDocument: grants }, all.context) as { physicalId: string };
  const attached = { ...role, ManagedPolicyArns: [physicalId] };
  roles.update!('worker', attached, role, all.context);
  all
    .provider('AWS::IAM::Policy')
    .create({ PolicyName: 'other', PolicyDocument: grants, Roles: ['worker'] }, all.context);
  expect(() => managed.delete(physicalId, {}, all.context)).toThrow('Cannot delete a policy attached to entities.');
  expect(() => roles.delete('worker', attached, all.context)).toThrow(
    'Cannot delete entity, must delete policies first.',
  );
});

it('keeps an OpenID Connect provider', () => {
  const all = account();
  const providers = all.provider('AWS::IAM::OIDCProvider');
  const properties = { Url: 'https://token.actions.githubusercontent.com', ClientIdList: ['sts.amazonaws.com'] };
  const Arn = 'arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com';
  expect(providers.create(properties, all.context)).toEqual({ physicalId: Arn, attributes: { Arn } });
  expect(() => providers.create(properties, all.context)).toThrow('already exists');
});

describe('quotas', () => {
  const statements = (count: number) =>
    document(
      ...Array.from({ length: count }, (_, i) => ({
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: `arn:aws:sqs:us-east-1:000000000000:queue-${i}`,
      })),
    );
  const tooLong = statements(120);
  const cases: [string, string, object, string][] = [
    [
      'inline policies that are too long together',
      'AWS::IAM::Policy',
      { PolicyName: 'p', PolicyDocument: tooLong, Roles: ['worker'] },
      'Maximum policy size of 10240 bytes exceeded for role worker',
    ],
    [
      'a managed policy that is too long',
      'AWS::IAM::ManagedPolicy',
      { PolicyDocument: tooLong },
      'Cannot exceed quota for PolicySize: 6144',
    ],
    [
      'more than ten managed policies',
      'AWS::IAM::Role',
      { ...role, RoleName: 'b', ManagedPolicyArns: Array(11).fill('arn:aws:iam::aws:policy/AdministratorAccess') },
      'Cannot exceed quota for PoliciesPerRole: 10',
    ],
    [
      'a trust policy that is too long',
      'AWS::IAM::Role',
      { RoleName: 'b', AssumeRolePolicyDocument: trusting('x'.repeat(2100)) },
      'Cannot exceed quota for ACLSizePerRole: 2048',
    ],
    [
      'a role name that is too long',
      'AWS::IAM::Role',
      { ...role, RoleName: 'r'.repeat(65) },
      "at 'roleName' failed to satisfy constraint",
    ],
  ];
  test.each(cases)('rejects %s', (_, type, properties, message) => {
    const all = account();
    all.provider('AWS::IAM::Role').create(role, all.context);
    expect(() => all.provider(type).create(properties, all.context)).toThrow(message);
  });

  it('admits what is just within them', () => {
    const all = account();
    all.provider('AWS::IAM::Role').create(role, all.context);
    const grants = { PolicyName: 'p', PolicyDocument: statements(90), Roles: ['worker'] };
    expect(() => all.provider('AWS::IAM::Policy').create(grants, all.context)).not.toThrow();
  });
});
