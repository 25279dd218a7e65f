/** The attributes that a publisher gives a message. https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html */
import { invalidParameterValue } from './faults';
import type { MessageAttribute } from './model';

const NAME = /^(?!\.)(?!.*\.\.)(?!.*\.$)(?!(aws|amazon)\.)[A-Za-z0-9_.-]{1,256}$/i;
const TYPE = /^(String|Number|Binary)(\.[A-Za-z0-9_.-]+)?$/;

/** Checks a request's message attributes and makes plain data of them. Throws ParameterValueInvalid. */
export function readMessageAttributes(input: Record<string, any> | undefined): Record<string, MessageAttribute> {
  return Object.fromEntries(
    Object.entries(input ?? {}).map(([name, value]) => [name, readAttribute(name, value ?? {})]),
  );
}

function readAttribute(name: string, { DataType, StringValue, BinaryValue }: any): MessageAttribute {
  if (!NAME.test(name)) throw invalidParameterValue(`Invalid attribute name: ${name}`);
  if (typeof DataType !== 'string' || DataType === '') {
    throw invalidParameterValue(`The message attribute '${name}' must contain non-empty message attribute type.`);
  }
  if (!TYPE.test(DataType)) {
    throw invalidParameterValue(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is ` +
        'Binary, Number, and String.',
    );
  }
  const content = DataType.startsWith('Binary') ? BinaryValue : StringValue;
  if (content === undefined || content === null || content.length === 0) {
    throw invalidParameterValue(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type ` +
        `'${DataType}'.`,
    );
  }
  if (DataType.startsWith('Binary')) {
    return { DataType, BinaryValue: typeof content === 'string' ? content : Buffer.from(content).toString('base64') };
  }
  if (DataType.startsWith('Number') && (String(content).trim() === '' || !Number.isFinite(Number(content)))) {
    throw invalidParameterValue(`Could not cast message attribute '${name}' value to number.`);
  }
  return { DataType, StringValue: String(content) };
}

/** What attributes count towards the size of a message, in bytes: names, types and values. */
export function attributesBytes(attributes: Readonly<Record<string, MessageAttribute>>): number {
  return Object.entries(attributes).reduce(
    (bytes, [name, { DataType, StringValue, BinaryValue }]) =>
      bytes +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      (BinaryValue === undefined ? Buffer.byteLength(StringValue ?? '') : Buffer.from(BinaryValue, 'base64').length),
    0,
  );
}
