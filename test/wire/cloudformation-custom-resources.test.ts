import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws';
import { administrator } from '../../local/wire/gateway';

/**
 * Answers as the functions of AWS and the CDK do: over HTTPS, to the host and path of the URL, without its port. It counts the objects of a
 * bucket with the SDK of the runtime, which its code does not bring along.
 */
const SOURCE = `
const https = require('https');
const { S3Client, ListObjectsV2Command } = require('@aws-sdk/client-s3');
exports.handler = async (event) => {
  const { Bucket, Fails } = event.ResourceProperties;
  const { KeyCount } = await new S3Client({}).send(new ListObjectsV2Command({ Bucket }));
  const { hostname, pathname, search } = new URL(event.ResponseURL);
  const body = JSON.stringify({
    Status: Fails === event.RequestType ? 'FAILED' : 'SUCCESS',
    Reason: 'told to',
    PhysicalResourceId: 'counter',
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    Data: { Count: KeyCount },
  });
  await new Promise((resolve, reject) => {
    const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
    const request = https.request({ hostname, path: pathname + search, method: 'PUT', headers }, (answer) => {
      answer.resume();
      answer.statusCode < 400 ? resolve() : reject(new Error(String(answer.statusCode)));
    });
    request.on('error', reject);
    request.end(body);
  });
};
`;

const Role = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
    },
    ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    Policies: [
      {
        PolicyName: 'list',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: { 'Fn::GetAtt': ['Bucket', 'Arn'] } }],
        },
      },
    ],
  },
};

const template = (Properties: object) => ({
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket' },
    Role,
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { ZipFile: SOURCE },
        Handler: 'index.handler',
        Runtime: 'nodejs20.x',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Timeout: 30,
      },
    },
    Counter: {
      Type: 'Custom::Counter',
      Properties: {
        ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] },
        Bucket: { Ref: 'Bucket' },
        ServiceTimeout: 60,
        ...Properties,
      },
    },
  },
  Outputs: { Count: { Value: { 'Fn::GetAtt': ['Counter', 'Count'] } }, Bucket: { Value: { Ref: 'Bucket' } } },
});

let aws: EmbeddedAws;
beforeAll(async () => {
  aws = await startEmbeddedAws({ port: 0, warn: () => undefined });
});
afterAll(() => aws.stop());

const call = (service: string, action: string, input: object) =>
  aws.gateway.call(administrator(aws.accountId), service, action, input);
const outputs = async () => {
  const { Stacks } = await call('cloudformation', 'DescribeStacks', { StackName: 'counting' });
  return Object.fromEntries(Stacks[0].Outputs.map((output: any) => [output.OutputKey, output.OutputValue]));
};

it('runs a function of a template as a custom resource, whatever way it answers', async () => {
  const stackName = 'counting';
  await (await aws.cloudFormation.createStack({ stackName, template: template({}) })).done;
  const { Count, Bucket } = await outputs();
  expect(Count).toBe('0');
  await call('s3', 'PutObject', { Bucket, Key: 'a', Body: 'x' });
  await (await aws.cloudFormation.updateStack({ stackName, template: template({ Round: 2 }) })).done;
  expect((await outputs()).Count).toBe('1');
  await call('s3', 'DeleteObject', { Bucket, Key: 'a' });
  await (await aws.cloudFormation.deleteStack(stackName)).done;
});

it('takes a stack back whose custom resource failed', async () => {
  const created = await aws.cloudFormation.createStack({
    stackName: 'failing',
    template: template({ Fails: 'Create' }),
  });
  await expect(created.done).rejects.toThrow(
    'Counter: Received response status [FAILED] from custom resource. Message returned: told to (RequestId: ',
  );
  const { Stacks } = await call('cloudformation', 'DescribeStacks', { StackName: 'failing' });
  expect(Stacks[0].StackStatus).toBe('ROLLBACK_COMPLETE');
});
