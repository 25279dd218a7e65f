/**
 * Owns what the aws CLI does with a command line, as far as runbooks type it: the service's client, the operation's command, and the
 * options by the operation's own members and their types. Refuses services, operations and options that there are not.
 */
import * as cloudFormation from '@aws-sdk/client-cloudformation';
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as dynamoDb from '@aws-sdk/client-dynamodb';
import * as events from '@aws-sdk/client-eventbridge';
import * as kms from '@aws-sdk/client-kms';
import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import * as scheduler from '@aws-sdk/client-scheduler';
import * as ses from '@aws-sdk/client-sesv2';
import * as sfn from '@aws-sdk/client-sfn';
import * as sqs from '@aws-sdk/client-sqs';

/** Where a client sends to, and as whom. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

type Sdk = Readonly<Record<string, any>>;

/** Each service of the CLI: the SDK's module and the name of its client there. */
const SERVICES: Readonly<Record<string, readonly [Sdk, string]>> = {
  cloudformation: [cloudFormation, 'CloudFormationClient'],
  cloudwatch: [cloudWatch, 'CloudWatchClient'],
  logs: [logs, 'CloudWatchLogsClient'],
  dynamodb: [dynamoDb, 'DynamoDBClient'],
  events: [events, 'EventBridgeClient'],
  kms: [kms, 'KMSClient'],
  lambda: [lambda, 'LambdaClient'],
  s3api: [s3, 'S3Client'],
  scheduler: [scheduler, 'SchedulerClient'],
  sesv2: [ses, 'SESv2Client'],
  stepfunctions: [sfn, 'SFNClient'],
  sqs: [sqs, 'SQSClient'],
};

/** Options that the CLI takes for itself: they choose what is printed. */
const OF_THE_CLI = new Set(['query', 'output', 'max-items', 'page-size', 'region']);

/** How the SDK's schemas number the types that are no structures. */
const NAMED_SIMPLE_TYPE = 0;
const NUMBER = 1;
const BOOLEAN = 2;
const TIMESTAMPS = new Set([4, 5, 6, 7]);
const LIST_OF_STRINGS = 64;

/** A command line that the CLI would take. */
interface AwsCommand {
  readonly Client: new (settings: object) => any;
  readonly command: object;
}

/** Reads `SERVICE OPERATION --option …`. Throws for what the CLI would refuse. */
export function readAwsCommand([service = '', operation = '', ...words]: readonly string[]): AwsCommand {
  const [sdk, clientName] = SERVICES[service] ?? [];
  const Command = sdk?.[`${operation.replace(/(^|-)([a-z])/g, (_, _dash, letter) => letter.toUpperCase())}Command`];
  if (!sdk || !clientName || !Command) throw new Error(`aws ${service} ${operation}: there is no such command.`);
  const [, , , , members, types] = new Command({}).schema[4]();
  return { Client: sdk[clientName], command: new Command(inputOf(words, members, types)) };
}

/** Sends what a command line would send, and gives the answer. Throws for what the CLI or the service refuses. */
export async function sendAwsCommand(settings: ClientSettings, words: readonly string[]): Promise<object> {
  const { Client, command } = readAwsCommand(words);
  const client = new Client({ ...settings, maxAttempts: 1, forcePathStyle: true });
  try {
    const { $metadata, ...answer } = await client.send(command);
    return answer;
  } finally {
    client.destroy();
  }
}

function inputOf(words: readonly string[], members: readonly string[], types: readonly unknown[]) {
  const input: Record<string, unknown> = {};
  for (let at = 0; at < words.length; ) {
    const [, option] = /^--(.+)$/.exec(words[at++]!) ?? [];
    if (option === undefined) throw new Error(`${words[at - 1]}: an option was expected.`);
    const values: string[] = [];
    while (at < words.length && !words[at]!.startsWith('--')) values.push(words[at++]!);
    if (OF_THE_CLI.has(option)) continue;
    const isMember = (name: string) => (member: string) => member.toLowerCase() === name.replaceAll('-', '');
    const isOff = !members.some(isMember(option)) && option.startsWith('no-');
    const member = members.findIndex(isMember(isOff ? option.slice(3) : option));
    if (member < 0) throw new Error(`Unknown options: --${option}`);
    input[members[member]!] = givenValue(option, values, plainType(types[member]), isOff);
  }
  return input;
}

/** The number of a simple type, which may have a name, and where it stands in a request; anything else as it is. */
function plainType(type: unknown): unknown {
  if (typeof type === 'function') return plainType(type());
  if (!Array.isArray(type)) return type;
  if (type.length === 2) return plainType(type[0]);
  return type[0] === NAMED_SIMPLE_TYPE ? type[4] : type;
}

function givenValue(option: string, values: readonly string[], type: unknown, isOff: boolean): unknown {
  if (type === BOOLEAN && values.length === 0) return !isOff;
  if (type === LIST_OF_STRINGS && !values[0]?.startsWith('[')) return values;
  if (values.length !== 1) throw new Error(`--${option} takes one value, not ${values.length}.`);
  const [value] = values as [string];
  if (type === NUMBER) return Number(value);
  if (typeof type === 'number' && TIMESTAMPS.has(type)) return new Date(value);
  return type === 0 ? value : JSON.parse(value);
}
