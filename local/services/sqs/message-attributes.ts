import { createHash } from 'node:crypto';
import { invalidParameterValue } from './faults';
import type { MessageAttribute } from './model';

const NAME = /^(?!\.)(?!.*\.\.)(?!.*\.$)(?!(aws|amazon)\.)[A-Za-z0-9_.-]{1,256}$/i;
const TYPE = /^(String|Number|Binary)(\..+)?$/;
const LIMIT = 10;

/** Checks a request's message attributes and makes plain data of them (binary values as base64). */
export function readMessageAttributes(input: Record<string, any> | undefined): Record<string, MessageAttribute> {
  const entries = Object.entries(input ?? {});
  if (entries.length > LIMIT) {
    throw invalidParameterValue(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${LIMIT}].`,
    );
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, readAttribute(name, value ?? {})]));
}

function readAttribute(name: string, value: any): MessageAttribute {
  if (!NAME.test(name)) {
    throw invalidParameterValue(
      `Message (user) attribute name '${name}' is invalid: it can contain A-Z, a-z, 0-9, underscores, hyphens and ` +
        'single periods, at most 256 characters, and cannot start with AWS. or Amazon.',
    );
  }
  const type = value.DataType;
  if (typeof type !== 'string' || type === '') {
    throw invalidParameterValue(`The message attribute '${name}' must contain non-empty message attribute type.`);
  }
  if (!TYPE.test(type) || type.length > 256) {
    throw invalidParameterValue(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type ` +
        'prefixes: Binary, Number, String.',
    );
  }
  const isBinary = type.startsWith('Binary');
  const content = isBinary ? value.BinaryValue : value.StringValue;
  if (content === undefined || content === null || content.length === 0) {
    const kind = isBinary ? 'binary' : 'string';
    throw invalidParameterValue(
      `The message attribute '${name}' with type '${isBinary ? 'Binary' : type}' must use field '${isBinary ? 'Binary' : 'String'}' with a non-empty ${kind} value.`,
    );
  }
  if (isBinary) {
    const BinaryValue = typeof content === 'string' ? content : Buffer.from(content).toString('base64');
    return { DataType: type, BinaryValue };
  }
  if (type.startsWith('Number') && (content.trim() === '' || !Number.isFinite(Number(content)))) {
    throw invalidParameterValue(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  return { DataType: type, StringValue: String(content) };
}

/** What attributes count towards the size of a message, in bytes: names, types and values. */
export function attributesBytes(attributes: Readonly<Record<string, MessageAttribute>>): number {
  let bytes = 0;
  for (const [name, attribute] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + valueBytes(attribute).length;
  }
  return bytes;
}

/** The digest that clients check; undefined for no attributes. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
export function attributesMd5(attributes: Readonly<Record<string, MessageAttribute>>): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name]!;
    add(Buffer.from(name));
    add(Buffer.from(attribute.DataType));
    hash.update(Buffer.from([attribute.BinaryValue === undefined ? 1 : 2]));
    add(valueBytes(attribute));
  }
  return hash.digest('hex');
}

function valueBytes(attribute: MessageAttribute): Buffer {
  return attribute.BinaryValue === undefined
    ? Buffer.from(attribute.StringValue ?? '')
    : Buffer.from(attribute.BinaryValue, 'base64');
}

/** The attributes that a receiver asked for: names, `prefix.*`, or all. */
export function selectAttributes(
  attributes: Readonly<Record<string, MessageAttribute>>,
  names: readonly string[] = [],
): Record<string, MessageAttribute> {
  const isAsked = (name: string) =>
    names.some((asked) =>
      asked === 'All' || asked === '.*'
        ? true
        : asked.endsWith('.*')
          ? name.startsWith(asked.slice(0, -2))
          : asked === name,
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isAsked(name)));
}
