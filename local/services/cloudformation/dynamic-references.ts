import { administrator } from '../../wire/gateway';
import type { Host } from '../../wire/host';
import { validationError } from './faults';

const REFERENCE = /\{\{resolve:([a-z-]+):([^}]+)\}\}/g;

/**
 * A JSON value with dynamic references replaced by what SSM and Secrets Manager hold.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export async function resolveDynamicReferences<T>(value: T, host: Host): Promise<T> {
  if (typeof value === 'string') return (await inText(value, host)) as T;
  if (Array.isArray(value)) {
    return (await Promise.all(value.map((item) => resolveDynamicReferences(item, host)))) as T;
  }
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).map(
    async ([key, item]) => [key, await resolveDynamicReferences(item, host)] as const,
  );
  return Object.fromEntries(await Promise.all(members)) as T;
}

/** The value of a parameter of the embedded SSM, its latest or the one of `name:version`; throws as CloudFormation does when there is none. */
export async function readSsmParameter(name: string, host: Host): Promise<string> {
  try {
    const { Parameter } = await host.call(administrator(host.accountId), 'ssm', 'GetParameter', {
      Name: name,
      WithDecryption: true,
    });
    return Parameter.Value;
  } catch {
    throw validationError(`Unable to fetch parameters [${name}] from parameter store for this account.`);
  }
}

async function inText(text: string, host: Host): Promise<string> {
  if (!text.includes('{{resolve:')) return text;
  let resolved = '';
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    resolved += text.slice(end, match.index) + (await look(match[1]!, match[2]!, match[0], host));
    end = match.index + match[0].length;
  }
  return resolved + text.slice(end);
}

async function look(service: string, rest: string, reference: string, host: Host): Promise<string> {
  if (service === 'ssm' || service === 'ssm-secure') return readSsmParameter(rest, host);
  if (service === 'secretsmanager') return readSecret(rest, reference, host);
  throw validationError(`the dynamic reference ${reference} names no service that is emulated (ssm, secretsmanager)`);
}

/** `secret-id:SecretString:json-key:version-stage:version-id`, where the secret's id may be an ARN with colons of its own. */
async function readSecret(rest: string, reference: string, host: Host): Promise<string> {
  const match =
    /^(arn:[^:]+:[^:]+:[^:]*:[^:]*:secret:[^:]+|[^:]+)(?::SecretString(?::([^:]*))?(?::([^:]*))?(?::([^:]*))?)?$/.exec(
      rest,
    );
  if (!match) throw validationError(`Incorrect format is used in the following dynamic reference: [${reference}]`);
  const [, SecretId, key, VersionStage, VersionId] = match.map((part) => part || undefined);
  const input = { SecretId, VersionStage, VersionId };
  let text: string;
  try {
    text = (await host.call(administrator(host.accountId), 'secretsmanager', 'GetSecretValue', input)).SecretString;
  } catch (error) {
    throw validationError(`cannot resolve ${reference}: ${(error as Error).message}`);
  }
  if (!key) return text;
  const value = JSON.parse(text)[key];
  if (value === undefined)
    throw validationError(`Could not find a value associated with JSONKey in SecretString (${reference})`);
  return String(value);
}
