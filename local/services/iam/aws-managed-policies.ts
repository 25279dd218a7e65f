import type { PolicyJson } from './model';

const LOG_WRITING = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

function allow(Action: readonly string[], Resource: string | readonly string[] = '*'): PolicyJson {
  return { Effect: 'Allow', Action, Resource };
}

function policy(...Statement: PolicyJson[]): PolicyJson {
  return { Version: '2012-10-17', Statement };
}

function inCloudFormation(action: string): string {
  return `cloudformation:${action}`;
}

/** The services of the embedded AWS whose contents `ReadOnlyAccess` shows, as far as these three kinds of actions go. */
const READABLE = [
  ...['apigateway', 'cloudformation', 'cloudwatch', 'dynamodb', 'ecr', 'events', 'iam', 'kms', 'lambda', 'logs'],
  ...['s3', 'scheduler', 'secretsmanager', 'ses', 'sns', 'sqs', 'ssm', 'states', 'sts'],
];

/**
 * AWS's managed policies that CDK constructs attach, as AWS publishes them.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const POLICIES: Readonly<Record<string, PolicyJson>> = {
  'service-role/AWSLambdaBasicExecutionRole': policy(allow(LOG_WRITING)),
  'service-role/AWSLambdaSQSQueueExecutionRole': policy(
    allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...LOG_WRITING]),
  ),
  'service-role/AWSLambdaDynamoDBExecutionRole': policy(
    allow([
      ...['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      ...LOG_WRITING,
    ]),
  ),
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs': policy(
    allow([
      ...['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
      ...['logs:PutLogEvents', 'logs:GetLogEvents', 'logs:FilterLogEvents'],
    ]),
  ),
  AWSXRayDaemonWriteAccess: policy(
    allow([
      ...['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'],
      'xray:GetSamplingStatisticSummaries',
    ]),
  ),
  CloudWatchLambdaInsightsExecutionRolePolicy: policy(
    allow(['logs:CreateLogGroup']),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], 'arn:aws:logs:*:*:log-group:/aws/lambda-insights:*'),
  ),
  AdministratorAccess: policy(allow(['*'])),
  AWSCloudFormationReadOnlyAccess: policy(
    allow(['Describe*', 'EstimateTemplateCost', 'Get*', 'List*', 'ValidateTemplate', 'Detect*'].map(inCloudFormation)),
  ),
  ReadOnlyAccess: policy(
    allow(READABLE.flatMap((service) => [`${service}:Describe*`, `${service}:Get*`, `${service}:List*`])),
  ),
};

const PREFIX = 'arn:aws:iam::aws:policy/';

/** The document of one of AWS's managed policies; undefined for one that is not among them. */
export function awsManagedPolicy(arn: string): PolicyJson | undefined {
  const name = arn.slice(PREFIX.length);
  return arn.startsWith(PREFIX) && Object.hasOwn(POLICIES, name) ? POLICIES[name] : undefined;
}
