import { Readable } from 'node:stream';
import type { Json } from '../../../engine/contract';
import { type Integration, objectParameters, textOf } from './integration';
import { toCamelCase, toJson, toPascalCase } from './sdk-shapes';
import { sdkFault } from './service-error';

/** A service as `aws-sdk` integrations name it. */
interface SdkService {
  /** As `Host.call` knows it. */
  readonly host: string;
  /** As errors and causes name it. */
  readonly prefix: string;
  /** The API's members are written in camel case; states write them in Pascal case all the same. */
  readonly isCamelCase?: boolean;
  /** Members that are strings on the wire but may be written as JSON in a state. */
  readonly textMembers?: readonly string[];
  /** Members that are bytes on the wire. */
  readonly blobMembers?: readonly string[];
}

/** By the name that stands in the Resource: the SDK for Java 2's, in lower case. */
const SERVICES: Readonly<Record<string, SdkService>> = {
  bedrockruntime: { host: 'bedrock', prefix: 'BedrockRuntime', isCamelCase: true, blobMembers: ['Body'] },
  cloudwatch: { host: 'monitoring', prefix: 'CloudWatch' },
  cloudwatchlogs: { host: 'logs', prefix: 'CloudWatchLogs', isCamelCase: true },
  dynamodb: { host: 'dynamodb', prefix: 'DynamoDb' },
  eventbridge: { host: 'events', prefix: 'EventBridge', textMembers: ['Detail', 'EventPattern', 'Input'] },
  lambda: { host: 'lambda', prefix: 'Lambda', blobMembers: ['Payload'] },
  s3: { host: 's3', prefix: 'S3', blobMembers: ['Body'] },
  s3vectors: { host: 's3vectors', prefix: 'S3Vectors', isCamelCase: true },
  scheduler: { host: 'scheduler', prefix: 'Scheduler', textMembers: ['Input'] },
  secretsmanager: { host: 'secretsmanager', prefix: 'SecretsManager', textMembers: ['SecretString'] },
  sesv2: { host: 'ses', prefix: 'SesV2' },
  sfn: { host: 'states', prefix: 'Sfn', isCamelCase: true, textMembers: ['Input', 'Output', 'Definition', 'Cause'] },
  sns: { host: 'sns', prefix: 'Sns', textMembers: ['Message'] },
  sqs: { host: 'sqs', prefix: 'Sqs', textMembers: ['MessageBody'] },
  ssm: { host: 'ssm', prefix: 'Ssm', textMembers: ['Value'] },
  sts: { host: 'sts', prefix: 'Sts' },
};

/**
 * `aws-sdk:SERVICE:ACTION`: any action of an embedded service, with the SDK's shapes and error names.
 * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export const awsSdk: Integration = async (call) => {
  const service = SERVICES[call.service] ?? { host: call.service, prefix: capital(call.service) };
  const naming = { prefix: service.prefix, generic: `${service.prefix}Exception`, serviceName: service.prefix };
  const shaped = shape(objectParameters(call), service);
  const input = service.isCamelCase ? toCamelCaseKeepingBytes(shaped) : shaped;
  let answer: unknown;
  try {
    answer = await call.host.call(call.caller, service.host, capital(call.action), input as object, call.signal);
  } catch (error) {
    throw sdkFault(error, naming, call.host.kernel.random.uuid());
  }
  const output = toJson(await withBodyRead(answer ?? {}));
  return JSON.stringify(service.isCamelCase ? toPascalCase(output) : output);
};

/** More than any state's result may have: what lies beyond changes nothing. */
const LIMIT_BODY_BYTES = 512 * 1024;

/** An answer whose body is a stream (a large object of S3) with the body's bytes. */
async function withBodyRead(answer: object): Promise<object> {
  const { Body } = answer as { Body?: unknown };
  if (!(Body instanceof Readable)) return answer;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of Body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > LIMIT_BODY_BYTES) break;
  }
  return { ...answer, Body: Buffer.concat(chunks) };
}

/** Drops nulls, which SDKs do not send, and puts strings and bytes where the API has them. */
function shape(value: Json, service: SdkService, key = ''): unknown {
  if (value !== null && service.textMembers?.includes(key)) return textOf(value);
  if (value !== null && service.blobMembers?.includes(key)) return Buffer.from(textOf(value) ?? '');
  if (Array.isArray(value)) return value.map((item) => shape(item, service));
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, shape(member, service, name)]));
}

function toCamelCaseKeepingBytes(input: unknown): object {
  const entries = Object.entries(input as Record<string, Json>);
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      (value as unknown) instanceof Uint8Array ? value : toCamelCase(value),
    ]),
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
