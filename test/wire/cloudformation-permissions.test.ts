import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws';
import { administrator } from '../../local/wire/gateway';

const allow = (Action: string, Resource: unknown = '*') => ({ Effect: 'Allow', Action, Resource });
const role = (RoleName: string, Principal: object, statements: object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName,
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }],
    },
    Policies:
      statements.length > 0
        ? [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: statements } }]
        : [],
  },
});
const arn = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
const account = { AWS: '000000000000' };
const setUp = {
  Resources: {
    Executor: role('executor', { Service: 'cloudformation.amazonaws.com' }, [allow('*')]),
    Stranger: role('stranger', { Service: 'lambda.amazonaws.com' }, [allow('*')]),
    Deployer: role('deployer', account, [allow('cloudformation:*'), allow('iam:PassRole', arn('executor'))]),
    Reader: role('reader', account, [allow('cloudformation:Describe*')]),
  },
};
const TemplateBody = JSON.stringify({
  Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } } },
});

let aws: EmbeddedAws;
beforeAll(async () => {
  aws = await startEmbeddedAws({ port: 0, warn: () => undefined });
  await (await aws.cloudFormation.createStack({ stackName: 'roles', template: setUp })).done;
});
afterAll(() => aws.stop());

async function clientOf(name: string): Promise<CloudFormationClient> {
  const { url: endpoint, region } = aws;
  const sts = new STSClient({ endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: arn(name), RoleSessionName: 'test' }));
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials!;
  const credentials = {
    accessKeyId: AccessKeyId!,
    secretAccessKey: SecretAccessKey!,
    sessionToken: SessionToken,
  };
  return new CloudFormationClient({ endpoint, region, credentials, maxAttempts: 1 });
}

it('lets a role deploy that may, with the role that it may pass', async () => {
  const client = await clientOf('deployer');
  await client.send(new CreateStackCommand({ StackName: 'made', TemplateBody, RoleARN: arn('executor') }));
  const root = administrator(aws.accountId);
  const { Stacks } = await aws.gateway.call(root, 'cloudformation', 'DescribeStacks', { StackName: 'made' });
  expect(Stacks).toMatchObject([{ StackStatus: 'CREATE_COMPLETE', RoleARN: arn('executor') }]);
});

it.each([
  ['who may only read', 'reader', {}, 'is not authorized to perform: cloudformation:CreateStack'],
  [
    'a role that may not be passed',
    'deployer',
    { RoleARN: arn('stranger') },
    'is not authorized to perform: iam:PassRole',
  ],
  [
    'a template that may not be read',
    'deployer',
    { TemplateBody: undefined, TemplateURL: 'https://s3.amazonaws.com/secret/x.json' },
    'S3 error: ',
  ],
])('refuses %s', async (_what, caller, input, message) => {
  const client = await clientOf(caller);
  const create = new CreateStackCommand({ StackName: 'refused', TemplateBody, ...input });
  await expect(client.send(create)).rejects.toThrow(message);
});

it('refuses a role that does not trust CloudFormation', async () => {
  const { cloudFormation } = aws;
  const template = JSON.parse(TemplateBody);
  const made = cloudFormation.createStack({ stackName: 'untrusted', template, roleArn: arn('stranger') });
  await expect(made).rejects.toThrow(`Role ${arn('stranger')} is invalid or cannot be assumed`);
});
