/**
 * Owns universal targets: `arn:aws:scheduler:::aws-sdk:SERVICE:action`, any writing action of an embedded service.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
import { validation } from './faults';
import type { Target } from './model';

const ARN = /^arn:aws(?:-[a-z]+)?:scheduler:::aws-sdk:([^:]+):([A-Za-z0-9]+)$/;

/** Actions that only read are refused, by the first word of their name. */
const READING =
  /^(get|describe|list|poll|receive|search|scan|query|select|read|lookup|discover|validate|batchGet|batchDescribe|batchRead|transactGet|adminGet|adminList|testMigration|retrieve|testConnection|translateDocument|isAuthorized|invokeModel)/;

/** Names of the SDK for Java 2, in lower case, that are not those of the embedded services. */
const SERVICES: Readonly<Record<string, string>> = {
  cloudwatch: 'monitoring',
  cloudwatchlogs: 'logs',
  eventbridge: 'events',
  sesv2: 'ses',
  sfn: 'states',
};

/** Services whose API writes its members in camel case, while an input may have them in Pascal case. */
const CAMEL_CASE = ['states', 'logs'];

/** A call as `Host.call` takes it; the input is not yet filled in. */
export interface UniversalCall {
  readonly service: string;
  readonly action: string;
}

/** Whether an ARN is that of a universal target. */
export function isUniversal(arn: string): boolean {
  return ARN.test(arn);
}

/** Which action a universal target is. Throws ValidationException for one that AWS would not take. */
export function readUniversal({ Arn: arn, Input: input }: Target): UniversalCall {
  const [, name = '', action = ''] = ARN.exec(arn) ?? [];
  if (READING.test(action)) throw validation(`${action} API is not supported`);
  if (input === undefined) throw validation('You must provide an input to set this target for your schedule');
  parseInput(input);
  return { service: SERVICES[name.toLowerCase()] ?? name.toLowerCase(), action: capital(action) };
}

/** The input of the action, from the target's input with everything filled in. */
export function universalInput({ service }: UniversalCall, input: string): object {
  const parsed = parseInput(input);
  return CAMEL_CASE.includes(service) ? (toCamelCase(parsed) as object) : parsed;
}

function parseInput(input: string): object {
  try {
    const value: unknown = JSON.parse(input);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  } catch {
    // Answered below, as any other text that is no object.
  }
  throw validation('The input of a universal target must be a well-formed JSON object.');
}

function toCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toCamelCase);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.charAt(0).toLowerCase() + key.slice(1), toCamelCase(member)]),
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
