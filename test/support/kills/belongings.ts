import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, paginateListRoles } from '@aws-sdk/client-iam';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';

/** Physical ids by resource type. */
type Belongings = Record<string, string[]>;

/** What exists in the account of the environment, as far as its stacks make it. */
export async function whatExists(): Promise<Belongings> {
  const functions: string[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client: new LambdaClient() }, {})) {
    functions.push(...Functions.map(({ FunctionName }) => FunctionName!));
  }
  const roles: string[] = [];
  for await (const { Roles = [] } of paginateListRoles({ client: new IAMClient() }, {})) {
    roles.push(...Roles.map(({ RoleName }) => RoleName!));
  }
  const { TableNames = [] } = await new DynamoDBClient().send(new ListTablesCommand({}));
  const { QueueUrls = [] } = await new SQSClient().send(new ListQueuesCommand({}));
  const { stateMachines = [] } = await new SFNClient().send(new ListStateMachinesCommand({}));
  const { Buckets = [] } = await new S3Client().send(new ListBucketsCommand({}));
  const { Keys = [] } = await new KMSClient().send(new ListKeysCommand({}));
  return inOrder({
    'AWS::Lambda::Function': functions,
    'AWS::IAM::Role': roles,
    'AWS::DynamoDB::Table': TableNames,
    'AWS::SQS::Queue': QueueUrls,
    'AWS::StepFunctions::StateMachine': stateMachines.map(({ stateMachineArn }) => stateMachineArn!),
    'AWS::S3::Bucket': Buckets.map(({ Name }) => Name!),
    'AWS::KMS::Key': Keys.map(({ KeyId }) => KeyId!),
  });
}

/** The same, as the stacks of the account have it; the second value is the status of each stack. */
export async function whatStacksHave(): Promise<[Belongings, string[]]> {
  const cloudFormation = new CloudFormationClient();
  const found: Belongings = Object.fromEntries(Object.keys(await whatExists()).map((type) => [type, []]));
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
  for (const { StackName } of Stacks) {
    const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName }));
    for (const { ResourceType, PhysicalResourceId } of StackResources) {
      found[ResourceType!.replace('GlobalTable', 'Table')]?.push(PhysicalResourceId!);
    }
  }
  return [inOrder(found), Stacks.map(({ StackStatus }) => StackStatus!)];
}

function inOrder(belongings: Belongings): Belongings {
  return Object.fromEntries(Object.entries(belongings).map(([type, ids]) => [type, ids.sort()]));
}
