import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createCloudFormationService } from '../../local/services/cloudformation/router';
import { createDynamoDbService } from '../../local/services/dynamodb/router';
import { createIamServices } from '../../local/services/iam/router';
import { createSqsService } from '../../local/services/sqs/router';
import type { Gateway } from '../../local/wire/gateway';
import { type RunningGateway, startGateway } from '../support/embedded';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};
const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const template = {
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue' },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    },
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
    Grants: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'grants',
        Roles: [{ Ref: 'Role' }],
        PolicyDocument: policy(
          { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arnOf('Queue') },
          { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: arnOf('Table') },
        ),
      },
    },
    QueuePolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Queue' }],
        PolicyDocument: policy(
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'sqs:*',
            Resource: arnOf('Queue'),
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: arnOf('Queue'),
            Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:events:us-east-1:000000000000:rule/mine' } },
          },
        ),
      },
    },
  },
  Outputs: {
    QueueUrl: { Value: { Ref: 'Queue' } },
    QueueArn: { Value: arnOf('Queue') },
    TableName: { Value: { Ref: 'Table' } },
    TableArn: { Value: arnOf('Table') },
    RoleArn: { Value: arnOf('Role') },
  },
};

let running: RunningGateway;
let outputs: Record<string, string>;
let asRole: RunningGateway['client'];

beforeAll(async () => {
  let authorizer!: ReturnType<typeof createIamServices>['authorizer'];
  running = await startGateway((host) => {
    const gateway = host as Gateway;
    const { iam, sts, authorizer: made } = createIamServices(host);
    authorizer = made;
    gateway.useAuthorizer(made);
    return [iam, sts, createSqsService(host), createDynamoDbService(host)];
  });
  const cloudformation = createCloudFormationService(running.gateway, () => running.gateway.registered);
  running.gateway.register(cloudformation);
  await (await cloudformation.createStack({ stackName: 'enforced', template })).done;
  const { Stacks } = await running.gateway.call(running.gateway.identify(''), 'cloudformation', 'DescribeStacks', {});
  outputs = Object.fromEntries(Stacks[0].Outputs.map(({ OutputKey, OutputValue }: any) => [OutputKey, OutputValue]));
  const worker = authorizer.assumeRole(outputs.RoleArn!, 'lambda.amazonaws.com', 'fn');
  asRole = { ...running.client, credentials: authorizer.credentialsOf(worker) };
});
afterAll(() => running.close());

it('allows what the role was granted', async () => {
  await new SQSClient(asRole).send(new SendMessageCommand({ QueueUrl: outputs.QueueUrl, MessageBody: 'hello' }));
  await new DynamoDBClient(asRole).send(new PutItemCommand({ TableName: outputs.TableName, Item: { id: { S: '1' } } }));
});

it("rejects what it was not, with AWS's own message", async () => {
  const who = `User: arn:aws:sts::000000000000:assumed-role/${outputs.RoleArn!.split('/').pop()}/fn is not authorized to perform:`;
  const get = new DynamoDBClient(asRole).send(
    new GetItemCommand({ TableName: outputs.TableName, Key: { id: { S: '1' } } }),
  );
  await expect(get).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: `${who} dynamodb:GetItem on resource: ${outputs.TableArn} because no identity-based policy allows the dynamodb:GetItem action`,
    $metadata: { httpStatusCode: 400 },
  });
  const receive = new SQSClient(asRole).send(new ReceiveMessageCommand({ QueueUrl: outputs.QueueUrl }));
  await expect(receive).rejects.toMatchObject({
    message: `${who} sqs:receivemessage on resource: ${outputs.QueueArn} because no identity-based policy allows the sqs:receivemessage action`,
    $metadata: { httpStatusCode: 403 },
  });
});

it('lets a service send for the rule that the queue policy names, and for no other', async () => {
  const send = (rule: string) => {
    const sourceArn = `arn:aws:events:us-east-1:000000000000:rule/${rule}`;
    const caller = {
      kind: 'service',
      principal: 'events.amazonaws.com',
      sourceArn,
      accountId: '000000000000',
    } as const;
    return running.gateway.call(caller, 'sqs', 'SendMessage', { QueueUrl: outputs.QueueUrl, MessageBody: 'x' });
  };
  await expect(send('mine')).resolves.toMatchObject({ MessageId: expect.any(String) });
  await expect(send('other')).rejects.toThrow('because no resource-based policy allows the sqs:sendmessage action');
});

it('allows the administrator everything else', async () => {
  const received = await new SQSClient(running.client).send(new ReceiveMessageCommand({ QueueUrl: outputs.QueueUrl }));
  expect(received.Messages).toHaveLength(1);
});
