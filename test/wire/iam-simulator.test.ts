import {
  GetAccountSummaryCommand,
  GetContextKeysForCustomPolicyCommand,
  GetContextKeysForPrincipalPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListAccountAliasesCommand,
  ListGroupsCommand,
  ListOpenIDConnectProvidersCommand,
  ListPoliciesCommand,
  ListRoleTagsCommand,
  ListUsersCommand,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { createIamServices } from '../../local/services/iam/router';
import type { Service } from '../../local/wire/service';
import { type RunningGateway, startGateway } from '../support/embedded';
import { createResource, resourceContext } from '../unit/lambda/inline-function';

const RoleArn = 'arn:aws:iam::000000000000:role/reader';
const statement = (Effect: string, Action: string, Resource: string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect, Action, Resource, ...more }],
});
const MINE = statement('Allow', 's3:GetObject', 'arn:aws:s3:::documents/${aws:PrincipalTag/team}/*', {
  Condition: { StringEquals: { 's3:ExistingObjectTag/open': 'yes' } },
});

let running: RunningGateway;
let iam: IAMClient;
let service: Service;

beforeAll(async () => {
  running = await startGateway((host) => {
    const services = createIamServices(host);
    service = services.iam;
    return [services.iam, services.sts];
  });
  iam = new IAMClient(running.client);
  await createResource(service, 'AWS::IAM::Role', {
    RoleName: 'reader',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    Policies: [{ PolicyName: 'mine', PolicyDocument: MINE }],
    Tags: [{ Key: 'team', Value: 'orders' }],
  });
  await createResource(
    service,
    'AWS::IAM::ManagedPolicy',
    { ManagedPolicyName: 'no-writes', PolicyDocument: statement('Deny', 's3:Put*', '*'), Roles: ['reader'] },
    resourceContext('NoWrites'),
  );
});

afterAll(async () => {
  iam.destroy();
  await running.close();
});

describe('SimulatePrincipalPolicy', () => {
  const simulate = async (more: object = {}) => {
    const input = {
      PolicySourceArn: RoleArn,
      ActionNames: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
      ResourceArns: ['arn:aws:s3:::documents/orders/a'],
      ...more,
    };
    return (await iam.send(new SimulatePrincipalPolicyCommand(input))).EvaluationResults!;
  };

  it('tells what is allowed, denied and not spoken of, by which policy, and which keys are missing', async () => {
    const [read, write, list] = await simulate();
    expect(read).toMatchObject({ EvalDecision: 'implicitDeny', MissingContextValues: ['s3:ExistingObjectTag/open'] });
    expect(write).toMatchObject({
      EvalActionName: 's3:PutObject',
      EvalDecision: 'explicitDeny',
      MatchedStatements: [{ SourcePolicyId: 'no-writes', SourcePolicyType: 'IAM Policy' }],
    });
    expect(list).toMatchObject({ EvalDecision: 'implicitDeny' });
    expect(list!.MatchedStatements ?? []).toEqual([]);
  });

  it('takes the values of context keys, and further policies', async () => {
    const open = { ContextKeyName: 's3:ExistingObjectTag/open', ContextKeyValues: ['yes'], ContextKeyType: 'string' };
    const [read, , list] = await simulate({
      ContextEntries: [open],
      PolicyInputList: [JSON.stringify(statement('Allow', 's3:ListBucket', '*'))],
    });
    expect(read).toMatchObject({
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'role_reader_mine' }],
    });
    expect(list).toMatchObject({
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.1' }],
    });
  });

  it('rejects a source that is not there, and no actions', async () => {
    await expect(simulate({ PolicySourceArn: `${RoleArn}2` })).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    await expect(simulate({ ActionNames: [] })).rejects.toThrow();
  });
});

describe('SimulateCustomPolicy', () => {
  const simulate = async (policies: object[], more: object = {}) => {
    const input = {
      PolicyInputList: policies.map((policy) => JSON.stringify(policy)),
      ActionNames: ['sqs:SendMessage'],
      ResourceArns: ['arn:aws:sqs:us-east-1:000000000000:orders'],
      ...more,
    };
    return (await iam.send(new SimulateCustomPolicyCommand(input))).EvaluationResults![0]!.EvalDecision;
  };
  const ALLOW = statement('Allow', 'sqs:*', '*');

  it('decides by the policies that are handed in', async () => {
    expect(await simulate([ALLOW])).toBe('allowed');
    expect(await simulate([ALLOW, statement('Deny', 'sqs:Send*', '*')])).toBe('explicitDeny');
    expect(await simulate([statement('Allow', 'sqs:ReceiveMessage', '*')])).toBe('implicitDeny');
  });

  it('stays within a permissions boundary', async () => {
    const boundary = JSON.stringify(statement('Allow', 's3:*', '*'));
    expect(await simulate([ALLOW], { PermissionsBoundaryPolicyInputList: [boundary] })).toBe('implicitDeny');
  });

  it('counts the policy of the resource', async () => {
    const ResourcePolicy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: RoleArn }, Action: 'sqs:SendMessage', Resource: '*' }],
    });
    const none = statement('Allow', 's3:*', '*');
    expect(await simulate([none], { ResourcePolicy, CallerArn: RoleArn })).toBe('allowed');
    expect(await simulate([none], { ResourcePolicy })).toBe('implicitDeny');
  });

  it('rejects what is no policy', async () => {
    await expect(simulate([{ Version: '2012-10-17' }])).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
    });
  });
});

describe('context keys', () => {
  it('of policies are their conditions and variables', async () => {
    const { ContextKeyNames } = await iam.send(
      new GetContextKeysForCustomPolicyCommand({ PolicyInputList: [JSON.stringify(MINE)] }),
    );
    expect(ContextKeyNames).toEqual(['s3:ExistingObjectTag/open', 'aws:PrincipalTag/team']);
  });

  it('of a role are those of all its policies', async () => {
    const { ContextKeyNames } = await iam.send(
      new GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn: RoleArn }),
    );
    expect(ContextKeyNames).toEqual(['s3:ExistingObjectTag/open', 'aws:PrincipalTag/team']);
  });
});

describe('the account', () => {
  it('is summed up', async () => {
    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));
    expect(SummaryMap).toEqual({ Users: 0, Groups: 0, Roles: 1, Policies: 1, Providers: 0 });
    expect((await iam.send(new ListUsersCommand({}))).Users ?? []).toEqual([]);
    expect((await iam.send(new ListGroupsCommand({}))).Groups ?? []).toEqual([]);
    expect((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases ?? []).toEqual([]);
  });
});

describe('policies and tags', () => {
  it('are listed and read', async () => {
    const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }));
    expect(Policies).toEqual([expect.objectContaining({ PolicyName: 'no-writes', AttachmentCount: 1 })]);
    const PolicyArn = Policies![0]!.Arn;
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const version = { PolicyArn, VersionId: Policy!.DefaultVersionId };
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand(version));
    expect(JSON.parse(decodeURIComponent(PolicyVersion!.Document!))).toEqual(statement('Deny', 's3:Put*', '*'));
    expect((await iam.send(new ListRoleTagsCommand({ RoleName: 'reader' }))).Tags).toEqual([
      { Key: 'team', Value: 'orders' },
    ]);
    expect((await iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList ?? []).toEqual([]);
  });
});
