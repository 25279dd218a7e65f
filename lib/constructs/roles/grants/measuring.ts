import type { Grant } from '../grant';
import type { StackParts } from '../stack-parts';
import { lookAtExecutions, machineArns, readHistories, readLogs } from './looking';

/** `cost`: what ran, by histories, by what Lambda reported, and by what CloudWatch counted. */
export function measureCost(parts: StackParts): Grant[] {
  const standard = parts.standardMachines();
  return [
    ...lookAtExecutions(parts),
    ...readHistories(parts),
    { actions: ['states:DescribeStateMachine'], resources: machineArns(parts) },
    {
      actions: ['states:ListMapRuns'],
      resources: standard.map(({ executions }) => executions),
      because: 'The executions of one machine, which are named after orders, documents and requests.',
    },
    {
      actions: ['states:DescribeMapRun'],
      resources: standard.map(({ machine }) => parts.arn('states', `mapRun:${machine.stateMachineName}/*`)),
      because: 'The runs of the Distributed Maps of one machine.',
    },
    { actions: ['lambda:GetFunctionConfiguration'], resources: functionArns(parts) },
    ...readLogs(parts, 'logs:FilterLogEvents'),
  ];
}

/** `readiness`: how everything is set up, and how full the queues are. */
export function checkReadiness(parts: StackParts): Grant[] {
  const hasTables = parts.ofType('AWS::DynamoDB::GlobalTable').length > 0;
  const buckets = parts.ofType('AWS::S3::Bucket').map(({ attrArn }) => attrArn);
  return [
    { actions: ['sqs:GetQueueAttributes'], resources: parts.queues().map(({ attrArn }) => attrArn) },
    { actions: ['states:DescribeStateMachine'], resources: machineArns(parts) },
    { actions: ['lambda:GetFunctionConfiguration'], resources: functionArns(parts) },
    {
      actions: ['dynamodb:DescribeTable', 'dynamodb:DescribeContinuousBackups'],
      resources: hasTables ? [parts.arn('dynamodb', `table/${parts.stack.stackName}-*`)] : [],
      because: "How the tables of one stack are set up: CloudFormation begins their names with the stack's.",
    },
    { actions: ['s3:GetBucketPublicAccessBlock', 's3:GetEncryptionConfiguration'], resources: buckets },
    { actions: ['sns:GetTopicAttributes'], resources: parts.ofType('AWS::SNS::Topic').map(({ ref }) => ref) },
    { actions: ['cloudwatch:GetAlarmMuteRule'], resources: muteRule(parts) },
    ...lookAtIntakes(parts),
  ];
}

/** `intake`: whether work may begin. */
export function lookAtIntakes(parts: StackParts): Grant[] {
  const rules = parts.deliveryRules().map(({ attrArn }) => attrArn);
  return [
    { actions: ['sqs:ListQueueTags'], resources: pauseRecords(parts) },
    { actions: ['events:DescribeRule', 'events:ListTargetsByRule'], resources: rules },
    {
      actions: ['events:DescribeArchive'],
      resources: parts.ofType('AWS::Events::Archive').map(({ attrArn }) => attrArn),
    },
  ];
}

/** The queues whose tags remember pauses: those by which work comes in, and of the fan-out the one that checks it. */
export function pauseRecords(parts: StackParts): string[] {
  const checks = parts.output('DeliveryAliasArn') && parts.output('CheckQueueUrl');
  const found = parts.queues().filter(({ ref }) => parts.isSame(ref, checks));
  return [...parts.intakeQueues(), ...found].map(({ attrArn }) => attrArn);
}

/** The mute rule that `maintenance` makes for a stack. */
export function muteRule(parts: StackParts): string[] {
  return [parts.arn('cloudwatch', `alarm-mute-rule:${parts.stack.stackName}-maintenance`)];
}

function functionArns(parts: StackParts): string[] {
  return parts.ofType('AWS::Lambda::Function').map(({ attrArn }) => attrArn);
}
