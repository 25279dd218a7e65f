/** Owns how a parameter is read: which version a request means, and what it is answered. */
import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { parameterNotFound, versionNotFound } from './faults';
import type { Parameter, ParameterVersion } from './model';
import { parameterArn } from './parameter-arn';
import { readReference } from './parameter-name';
import { opened } from './secure-string';
import { latest, type ParameterStore } from './store';

/** A version that was asked for. */
export interface Found {
  readonly parameter: Parameter;
  readonly version: ParameterVersion;
  readonly selector?: string;
}

/** The version that a name means. Throws ParameterNotFound, ParameterVersionNotFound. */
export function findVersion(store: ParameterStore, text: string): Found {
  const { name, selector } = readReference(text);
  const isArn = text.startsWith('arn:');
  const parameter = store.find(name) ?? (isArn ? store.find(name.replace(/^\//, '')) : undefined);
  if (!parameter) throw parameterNotFound();
  if (selector === undefined) return { parameter, version: latest(parameter) };
  const wanted = selector.slice(1);
  const isNumber = /^\d+$/.test(wanted);
  const version = parameter.versions.find((candidate) =>
    isNumber ? candidate.version === Number(wanted) : candidate.labels.includes(wanted),
  );
  if (!version) throw versionNotFound(parameter.name, `${isNumber ? 'version' : 'label'} ${wanted}`);
  return { parameter, version, selector };
}

/** The value as its reader gets it: a SecureString as its ciphertext, unless it is to be decrypted. */
export async function readValue(
  host: Host,
  { parameter, version }: Found,
  isDecrypted: boolean | undefined,
  caller: Caller,
): Promise<string> {
  return version.type === 'SecureString' && isDecrypted ? opened(host, parameter.name, version, caller) : version.value;
}

/** A parameter as GetParameter and its like answer it. */
export function render(host: Host, { parameter, version, selector }: Found, value: string) {
  return {
    Name: parameter.name,
    Type: version.type,
    Value: value,
    Version: version.version,
    Selector: selector,
    LastModifiedDate: version.changedAtMs / 1000,
    ARN: parameterArn(host, parameter.name),
    DataType: version.dataType,
  };
}
