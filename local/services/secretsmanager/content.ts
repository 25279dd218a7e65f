import { invalidParameter } from './faults';
import type { Content, SecretVersion } from './model';

const LIMIT_BYTES = 65_536;

/** The content of a request; undefined when it has none. Throws InvalidParameterException. */
export function readContent(input: {
  readonly SecretString?: string;
  readonly SecretBinary?: unknown;
}): Content | undefined {
  const { SecretString: text, SecretBinary } = input;
  const binary = SecretBinary === undefined || SecretBinary === null ? undefined : base64Of(SecretBinary);
  if (text === undefined && binary === undefined) return undefined;
  if (text !== undefined && binary !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  const bytes = text === undefined ? Buffer.from(binary!, 'base64').length : Buffer.byteLength(text);
  if (bytes === 0) throw invalidParameter('A secret value must not be empty.');
  if (bytes > LIMIT_BYTES) {
    throw invalidParameter(`The secret value is too long: it has ${bytes} bytes, and may have ${LIMIT_BYTES}.`);
  }
  return { text, binary };
}

/** Bytes come as base64 from the wire, as bytes from another service. */
function base64Of(value: unknown): string {
  return typeof value === 'string' ? value : Buffer.from(value as Uint8Array).toString('base64');
}

export function isSameContent(version: SecretVersion, content: Content): boolean {
  return version.text === content.text && version.binary === content.binary;
}
