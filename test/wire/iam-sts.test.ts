import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createIamServices } from '../../local/services/iam/router';
import { type RunningGateway, startGateway } from '../support/embedded';

const trust = (AWS: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS } }],
});
const grants = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: ['iam:GetRole', 'iam:ListRolePolicies'], Resource: '*' },
};
const root = 'arn:aws:iam::000000000000:root';

let running: RunningGateway;
const clock = new SimulatedClock(Date.now());

beforeAll(async () => {
  running = await startGateway(
    (host) => {
      const { iam, sts, authorizer } = createIamServices(host);
      (host as RunningGateway['gateway']).useAuthorizer(authorizer);
      const roles = iam.resources!.find(({ type }) => type === 'AWS::IAM::Role')!;
      const create = (RoleName: string, principal: string) =>
        roles.create(
          {
            RoleName,
            AssumeRolePolicyDocument: trust(principal),
            Policies: [{ PolicyName: 'p<1>', PolicyDocument: grants }],
          },
          undefined as never,
        );
      create('open', root);
      create('closed', 'arn:aws:iam::000000000000:role/nobody');
      return [iam, sts];
    },
    { kernel: { clock, random: new SeededRandom(1) } },
  );
});
afterAll(() => running.close());

const assume = async (input: { RoleArn: string; Policy?: string }) => {
  const { Credentials } = await new STSClient(running.client).send(
    new AssumeRoleCommand({ RoleSessionName: 'me', ...input }),
  );
  return {
    ...running.client,
    credentials: {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    },
  };
};

it('tells the administrator who it is', async () => {
  const identity = await new STSClient(running.client).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({ Account: '000000000000', Arn: 'arn:aws:iam::000000000000:user/local' });
});

it('gives credentials that stand for the role', async () => {
  const client = await assume({ RoleArn: 'arn:aws:iam::000000000000:role/open' });
  const identity = await new STSClient(client).send(new GetCallerIdentityCommand({}));
  expect(identity.Arn).toBe('arn:aws:sts::000000000000:assumed-role/open/me');
  const { Role } = await new IAMClient(client).send(new GetRoleCommand({ RoleName: 'open' }));
  expect(JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!))).toEqual(trust(root));
  expect(Role!.CreateDate).toEqual(new Date(clock.now()));
  const { PolicyNames } = await new IAMClient(client).send(new ListRolePoliciesCommand({ RoleName: 'open' }));
  expect(PolicyNames).toEqual(['p<1>']);
});

it('rejects what the role is not granted', async () => {
  const client = await assume({ RoleArn: 'arn:aws:iam::000000000000:role/open' });
  const get = new IAMClient(client).send(new GetRolePolicyCommand({ RoleName: 'open', PolicyName: 'p<1>' }));
  await expect(get).rejects.toMatchObject({
    name: 'AccessDenied',
    message:
      'User: arn:aws:sts::000000000000:assumed-role/open/me is not authorized to perform: iam:GetRolePolicy on resource: ' +
      'arn:aws:iam::000000000000:role/open because no identity-based policy allows the iam:GetRolePolicy action',
    $metadata: { httpStatusCode: 403 },
  });
});

it('rejects what a session policy leaves out', async () => {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'iam:GetRole', Resource: '*' }],
  });
  const iam = new IAMClient(await assume({ RoleArn: 'arn:aws:iam::000000000000:role/open', Policy }));
  await iam.send(new GetRoleCommand({ RoleName: 'open' }));
  await expect(iam.send(new ListRolePoliciesCommand({ RoleName: 'open' }))).rejects.toThrow(
    'because no session policy allows',
  );
});

it('rejects a role whose trust policy does not admit the caller', async () => {
  await expect(assume({ RoleArn: 'arn:aws:iam::000000000000:role/closed' })).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  await expect(assume({ RoleArn: 'arn:aws:iam::000000000000:role/missing' })).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});

it('gives the administrator keys that expire', async () => {
  const { Credentials } = await new STSClient(running.client).send(
    new GetSessionTokenCommand({ DurationSeconds: 900 }),
  );
  expect(Credentials!.Expiration).toEqual(new Date(clock.now() + 900_000));
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = Credentials!;
  const credentials = { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey!, sessionToken: sessionToken! };
  const sts = new STSClient({ ...running.client, credentials });
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  expect(Arn).toBe('arn:aws:iam::000000000000:user/local');
  await clock.turn(900_000);
  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' });
});

it('rejects session keys for the session of a role, or for longer than 36 hours', async () => {
  const role = new STSClient(await assume({ RoleArn: 'arn:aws:iam::000000000000:role/open' }));
  await expect(role.send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: 'Cannot call GetSessionToken with session credentials',
  });
  const tooLong = new STSClient(running.client).send(new GetSessionTokenCommand({ DurationSeconds: 129_601 }));
  await expect(tooLong).rejects.toMatchObject({ name: 'ValidationError' });
});

it.each([
  ['a session name with a blank', { RoleSessionName: 'a b' }, "'a b' at 'roleSessionName'"],
  ['a duration of less than 15 minutes', { DurationSeconds: 899 }, "'899' at 'durationSeconds'"],
  ['a duration beyond that of the role', { DurationSeconds: 3601 }, 'exceeds the MaxSessionDuration set for this role'],
])('rejects %s when a role is assumed', async (_, input, message) => {
  const RoleArn = 'arn:aws:iam::000000000000:role/open';
  const assumed = new STSClient(running.client).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me', ...input }),
  );
  await expect(assumed).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringContaining(message) });
});

it('rejects credentials whose time is over', async () => {
  const client = await assume({ RoleArn: 'arn:aws:iam::000000000000:role/open' });
  await clock.turn(3_600_000);
  await expect(new STSClient(client).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'ExpiredToken',
  });
});

it('rejects an entity that is not there, as NoSuchEntity', async () => {
  const get = new IAMClient(running.client).send(new GetRoleCommand({ RoleName: 'missing' }));
  await expect(get).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: 'The role with name missing cannot be found.',
  });
});

it('simulates what a role may do', async () => {
  const { EvaluationResults } = await new IAMClient(running.client).send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: 'arn:aws:iam::000000000000:role/open',
      ActionNames: ['iam:GetRole', 'iam:DeleteRole'],
    }),
  );
  expect(EvaluationResults!.map(({ EvalActionName, EvalDecision }) => [EvalActionName, EvalDecision])).toEqual([
    ['iam:GetRole', 'allowed'],
    ['iam:DeleteRole', 'implicitDeny'],
  ]);
});
