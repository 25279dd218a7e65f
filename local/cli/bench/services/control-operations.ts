import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, GetMetricDataCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateKeyCommand,
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
} from '@aws-sdk/client-kms';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { callWithoutClient, type Operation, type OperationMaker, type Target } from './operation';

const HOUR_MILLISECONDS = 3_600_000;
/** Events that a filter looks at. */
const EVENT_COUNT = 100;

/** Functions, logs, metrics, keys, secrets, identities, stacks and what describes them. */
export const controlOperations: OperationMaker = async (target) => [
  functions(target),
  ...(await logs(target)),
  ...(await metrics(target)),
  ...(await keys(target)),
  ...(await secrets(target)),
  ...identities(target),
  ...descriptions(target),
];

function functions(target: Target): Operation {
  const client = new LambdaClient(target);
  const { functionName: FunctionName } = target;
  return {
    name: 'lambda Invoke (a function that answers at once)',
    call: async (number) => {
      const { FunctionError } = await client.send(new InvokeCommand({ FunctionName, Payload: `{"number":${number}}` }));
      if (FunctionError) throw new Error(`the function failed: ${FunctionError}`);
    },
  };
}

async function logs(target: Target): Promise<Operation[]> {
  const client = new CloudWatchLogsClient(target);
  const stream = async (logGroupName: string) => {
    const names = { logGroupName, logStreamName: 'one' };
    await client.send(new CreateLogGroupCommand({ logGroupName }));
    await client.send(new CreateLogStreamCommand(names));
    return names;
  };
  const put = await stream('bench/put');
  const filtered = await stream('bench/filtered');
  const eventOf = (number: number) => ({ timestamp: Date.now(), message: JSON.stringify({ level: 'info', number }) });
  const logEvents = Array.from({ length: EVENT_COUNT }, (_, i) => eventOf(i));
  await client.send(new PutLogEventsCommand({ ...filtered, logEvents }));
  const filter = { logGroupName: filtered.logGroupName, filterPattern: '{ $.number >= 90 }' };
  return [
    {
      name: 'logs PutLogEvents (1 event)',
      call: (number) => client.send(new PutLogEventsCommand({ ...put, logEvents: [eventOf(number)] })),
    },
    {
      name: `logs FilterLogEvents (10 of ${EVENT_COUNT})`,
      call: () => client.send(new FilterLogEventsCommand(filter)),
    },
  ];
}

async function metrics(target: Target): Promise<Operation[]> {
  const client = new CloudWatchClient(target);
  const put = (Value: number) =>
    client.send(new PutMetricDataCommand({ Namespace: 'Bench', MetricData: [{ MetricName: 'Measured', Value }] }));
  await put(1);
  const Metric = { Namespace: 'Bench', MetricName: 'Measured' };
  const MetricDataQueries = [{ Id: 'm', MetricStat: { Metric, Period: 60, Stat: 'Sum' } }];
  return [
    { name: 'monitoring PutMetricData (1 value)', call: put },
    {
      name: 'monitoring GetMetricData (an hour by minutes)',
      call: () => {
        const EndTime = new Date();
        const StartTime = new Date(EndTime.getTime() - HOUR_MILLISECONDS);
        return client.send(new GetMetricDataCommand({ MetricDataQueries, StartTime, EndTime }));
      },
    },
  ];
}

async function keys(target: Target): Promise<Operation[]> {
  const kms = new KMSClient(target);
  const KeyId = (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.KeyId!;
  const Plaintext = Buffer.from('x'.repeat(100));
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext }));
  return [
    { name: 'kms Encrypt (100 bytes)', call: () => kms.send(new EncryptCommand({ KeyId, Plaintext })) },
    { name: 'kms Decrypt (100 bytes)', call: () => kms.send(new DecryptCommand({ CiphertextBlob })) },
    { name: 'kms GenerateDataKey', call: () => kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' })) },
  ];
}

async function secrets(target: Target): Promise<Operation[]> {
  const client = new SecretsManagerClient(target);
  const SecretId = 'bench';
  await client.send(new CreateSecretCommand({ Name: SecretId, SecretString: 'measured' }));
  const ssm = (action: string, input: object) => json(target, 'ssm', `AmazonSSM.${action}`, input);
  await ssm('PutParameter', { Name: '/bench', Value: 'measured', Type: 'String' });
  return [
    { name: 'secretsmanager GetSecretValue', call: () => client.send(new GetSecretValueCommand({ SecretId })) },
    { name: 'ssm GetParameter', call: () => ssm('GetParameter', { Name: '/bench' }) },
  ];
}

function identities(target: Target): Operation[] {
  const iam = new IAMClient(target);
  const sts = new STSClient(target);
  const simulation = { PolicySourceArn: target.roleArn, ActionNames: ['sqs:SendMessage'] };
  const RoleName = target.roleArn.split('/').pop();
  return [
    { name: 'iam GetRole', call: () => iam.send(new GetRoleCommand({ RoleName })) },
    { name: 'iam SimulatePrincipalPolicy', call: () => iam.send(new SimulatePrincipalPolicyCommand(simulation)) },
    { name: 'sts GetCallerIdentity', call: () => sts.send(new GetCallerIdentityCommand({})) },
  ];
}

function descriptions(target: Target): Operation[] {
  const cloudFormation = new CloudFormationClient(target);
  const repositories = 'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories';
  return [
    { name: 'cloudformation DescribeStacks', call: () => cloudFormation.send(new DescribeStacksCommand({})) },
    { name: 'ecr DescribeRepositories (none)', call: () => json(target, 'ecr', repositories, {}) },
    {
      name: 'apigateway GetApis (none)',
      call: () => callWithoutClient(target, 'apigateway', { method: 'GET', path: '/v2/apis' }),
    },
  ];
}

function json(target: Target, service: string, name: string, input: object): Promise<string> {
  return callWithoutClient(target, service, { target: name, body: JSON.stringify(input) });
}
