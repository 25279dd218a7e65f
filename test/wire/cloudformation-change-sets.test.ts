import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListStacksCommand,
  paginateDescribeStackEvents,
  paginateListStackResources,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws';

const YAML = `
Description: a queue and who may use it
Parameters:
  Seconds: { Type: Number, Default: 30 }
  Password: { Type: String, NoEcho: true }
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: !Ref Seconds
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement: [{ Effect: Allow, Action: 'sts:AssumeRole', Principal: { Service: lambda.amazonaws.com } }]
Outputs:
  Url: { Value: !GetAtt Queue.QueueUrl }
`;
const password = { ParameterKey: 'Password', ParameterValue: 'secret' };
const Capabilities = ['CAPABILITY_IAM' as const];

let aws: EmbeddedAws;
let client: CloudFormationClient;
let s3: S3Client;
beforeAll(async () => {
  aws = await startEmbeddedAws({ port: 0, warn: () => undefined });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint: aws.url, region: aws.region, credentials, maxAttempts: 1 };
  client = new CloudFormationClient(options);
  s3 = new S3Client(options);
});
afterAll(() => aws.stop());

it('takes a YAML template from a bucket through a change set, and gives it back as it was sent', async () => {
  await s3.send(new CreateBucketCommand({ Bucket: 'templates' }));
  await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'a/queue.yml', Body: YAML }));
  const names = { StackName: 'yaml', ChangeSetName: 'first' };
  const { Id, StackId } = await client.send(
    new CreateChangeSetCommand({
      ...names,
      ChangeSetType: 'CREATE',
      TemplateURL: 'https://s3.us-east-1.amazonaws.com/templates/a/queue.yml',
      Parameters: [password],
      Capabilities,
    }),
  );
  const described = await client.send(new DescribeChangeSetCommand(names));
  expect(described).toMatchObject({
    ChangeSetId: Id,
    StackId,
    Status: 'CREATE_COMPLETE',
    ExecutionStatus: 'AVAILABLE',
  });
  expect(described.Changes?.map(({ ResourceChange }) => ResourceChange?.LogicalResourceId)).toEqual(['Queue', 'Role']);
  await client.send(new ExecuteChangeSetCommand(names));
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'yaml' }));
  expect(Stacks![0]).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    Description: 'a queue and who may use it',
    Capabilities,
    Parameters: [
      { ParameterKey: 'Seconds', ParameterValue: '30' },
      { ParameterKey: 'Password', ParameterValue: '****' },
    ],
    Outputs: [{ OutputKey: 'Url', OutputValue: expect.stringContaining('/000000000000/yaml-Queue-') }],
  });
  const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: 'yaml' }));
  expect(TemplateBody).toBe(YAML);
});

it('keeps the template and parameters of the last time where it is asked to', async () => {
  const Parameters = [
    { ParameterKey: 'Seconds', ParameterValue: '60' },
    { ParameterKey: 'Password', UsePreviousValue: true },
  ];
  const update = { StackName: 'yaml', UsePreviousTemplate: true, Capabilities };
  await client.send(new UpdateStackCommand({ ...update, Parameters }));
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'yaml' }));
  expect(Stacks![0]).toMatchObject({
    StackStatus: 'UPDATE_COMPLETE',
    Parameters: [{ ParameterValue: '60' }, { ParameterKey: 'Password' }],
  });
  await expect(client.send(new UpdateStackCommand({ ...update, Parameters }))).rejects.toThrow(
    'No updates are to be performed.',
  );
});

it.each([
  ['an identity without the capability', { Parameters: [password] }, 'Requires capabilities : [CAPABILITY_IAM]'],
  ['a parameter that is missing', { Capabilities }, 'Parameters: [Password] must have values'],
  [
    'an object that is not there',
    { TemplateBody: undefined, TemplateURL: 'https://s3.amazonaws.com/templates/x' },
    'S3 error:',
  ],
  ['another host', { TemplateBody: undefined, TemplateURL: 'https://example.com/a/b' }, 'must be a supported URL'],
  ['a body over the limit', { TemplateBody: `# ${'x'.repeat(51_200)}` }, 'length less than or equal to 51200'],
])('refuses %s', async (_what, input, message) => {
  const create = new CreateStackCommand({ StackName: 'refused', TemplateBody: YAML, ...input });
  await expect(client.send(create)).rejects.toThrow(message);
});

it('tells before what a template needs', async () => {
  const summary = await client.send(new GetTemplateSummaryCommand({ TemplateBody: YAML }));
  expect(summary).toMatchObject({
    Capabilities: ['CAPABILITY_IAM'],
    CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]',
    ResourceTypes: ['AWS::SQS::Queue', 'AWS::IAM::Role'],
    Parameters: [
      { ParameterKey: 'Seconds', DefaultValue: '30' },
      { ParameterKey: 'Password', NoEcho: true },
    ],
  });
  const valid = await client.send(new ValidateTemplateCommand({ TemplateBody: YAML }));
  expect(valid.Parameters).toHaveLength(2);
  await expect(client.send(new ValidateTemplateCommand({ TemplateBody: '{}' }))).rejects.toThrow(
    'At least one Resources',
  );
});

it('gives events and resources page by page, each once, newest event first', async () => {
  const Resources = Object.fromEntries(
    Array.from({ length: 110 }, (_, index) => [
      `P${index}`,
      { Type: 'AWS::SSM::Parameter', Properties: { Name: `/many/${index}`, Type: 'String', Value: 'x' } },
    ]),
  );
  const StackName = 'many';
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
  const ids: string[] = [];
  const times: number[] = [];
  for await (const page of paginateDescribeStackEvents({ client }, { StackName })) {
    expect(page.StackEvents!.length).toBeLessThanOrEqual(100);
    for (const { EventId, Timestamp } of page.StackEvents!) {
      ids.push(EventId!);
      times.push(Timestamp!.getTime());
    }
  }
  expect(new Set(ids).size).toBe(332);
  expect(times).toEqual([...times].sort((a, b) => b - a));
  const logicalIds: string[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName })) {
    logicalIds.push(...page.StackResourceSummaries!.map(({ LogicalResourceId }) => LogicalResourceId!));
  }
  expect(logicalIds.sort()).toEqual(Object.keys(Resources).sort());
  const invented = new DescribeStackEventsCommand({ StackName, NextToken: 'invented' });
  await expect(client.send(invented)).rejects.toThrow('The token is invalid.');
});

it('protects a stack from deletion until it is told otherwise, and lists it by status afterwards', async () => {
  const StackName = 'many';
  const protect = (EnableTerminationProtection: boolean) =>
    client.send(new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection }));
  await protect(true);
  await expect(client.send(new DeleteStackCommand({ StackName }))).rejects.toThrow(
    'Stack [many] cannot be deleted while TerminationProtection is enabled',
  );
  await protect(false);
  await client.send(new DeleteStackCommand({ StackName }));
  const { StackSummaries } = await client.send(new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }));
  expect(StackSummaries?.map((stack) => stack.StackName)).toEqual(['many']);
});
