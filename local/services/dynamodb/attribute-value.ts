/**
 * Owns what an attribute value may be: reads one from a request into its normal form, with its size.
 * What comes out shares nothing with what went in, so that a caller who changes its object later changes nothing here.
 */
import { normaliseNumber, numberSizeBytes } from './decimal';
import { invalidParameter, serializationError, validationError } from './faults';
import type { AttributeType, AttributeValue, Item } from './model';

const NESTING_LIMIT = 32;
const TYPES: readonly AttributeType[] = ['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M'];
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The type of a value that was read by {@link readValue}. */
export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) return type as AttributeType;
  throw new Error('an attribute value without a type');
}

/** A value of a request in normal form. Throws AWS's ValidationException for one that DynamoDB refuses. */
export function readValue(value: unknown): AttributeValue {
  return read(value, 0);
}

/** The item of a request in normal form. */
export function readItem(item: unknown): Item {
  return readMembers(item, 0);
}

/** Bytes of an item: names and values. An item has at most 409,600 of them. */
export function itemSizeBytes(item: Item): number {
  let size = 0;
  for (const name in item) size += utf8Length(name) + valueSizeBytes(item[name]!);
  return size;
}

/** Bytes of a value as AWS counts them. */
function valueSizeBytes(value: AttributeValue): number {
  switch (typeOf(value)) {
    case 'S':
      return utf8Length(value.S!);
    case 'N':
      return numberSizeBytes(value.N!);
    case 'B':
      return binaryLength(value.B!);
    case 'SS':
      return value.SS!.reduce((sum, member) => sum + utf8Length(member), 0);
    case 'NS':
      return value.NS!.reduce((sum, member) => sum + numberSizeBytes(member), 0);
    case 'BS':
      return value.BS!.reduce((sum, member) => sum + binaryLength(member), 0);
    case 'L':
      return value.L!.reduce((sum, member) => sum + 1 + valueSizeBytes(member), 3);
    case 'M':
      return 3 + Object.keys(value.M!).length + itemSizeBytes(value.M!);
    default:
      return 1;
  }
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return Buffer.byteLength(text, 'utf8');
  return text.length;
}

/** Bytes that a base64 text stands for. */
export function binaryLength(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}

/** A copy that shares nothing with the stored value. */
export function copyItem(item: Item): Item {
  const copy: Item = {};
  for (const name in item) copy[name] = copyValue(item[name]!);
  return copy;
}

/** See {@link copyItem}. */
export function copyValue(value: AttributeValue): AttributeValue {
  if (value.S !== undefined) return { S: value.S };
  if (value.N !== undefined) return { N: value.N };
  if (value.M) return { M: copyItem(value.M) };
  if (value.L) return { L: value.L.map(copyValue) };
  if (value.SS) return { SS: [...value.SS] };
  if (value.NS) return { NS: [...value.NS] };
  if (value.BS) return { BS: [...value.BS] };
  return { ...value };
}

function read(value: unknown, depth: number): AttributeValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notStructure();
  let type: AttributeType | undefined;
  for (const member in value) {
    if ((value as Record<string, unknown>)[member] === undefined) continue;
    if (!TYPES.includes(member as AttributeType)) continue;
    if (type) {
      throw validationError(
        'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
      );
    }
    type = member as AttributeType;
  }
  if (!type) {
    throw validationError('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  }
  if (depth >= NESTING_LIMIT) {
    throw validationError(
      'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    );
  }
  return readTyped(type, (value as Record<string, unknown>)[type], depth);
}

function readTyped(type: AttributeType, content: unknown, depth: number): AttributeValue {
  switch (type) {
    case 'S':
      return { S: text(content) };
    case 'N':
      return { N: normaliseNumber(text(content)) };
    case 'B':
      return { B: binary(content) };
    case 'BOOL':
      if (typeof content !== 'boolean') throw serializationError(`${typeof content} cannot be converted to Boolean`);
      return { BOOL: content };
    case 'NULL':
      if (content !== true) throw invalidParameter('Null attribute value types must have the value of true');
      return { NULL: true };
    case 'SS':
      return { SS: readSet('SS', content, text) };
    case 'NS':
      return { NS: readSet('NS', content, (member) => normaliseNumber(text(member))) };
    case 'BS':
      return { BS: readSet('BS', content, binary) };
    case 'L':
      return { L: list(content).map((member) => read(member, depth + 1)) };
    case 'M':
      return { M: readMembers(content, depth + 1) };
  }
}

function readMembers(content: unknown, depth: number): Item {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw notStructure();
  const members: Item = {};
  for (const name in content) members[name] = read((content as Record<string, unknown>)[name], depth);
  return members;
}

const EMPTY_SET = {
  SS: 'An string set  may not be empty',
  NS: 'An number set  may not be empty',
  BS: 'Binary sets should not be empty',
} as const;

function readSet(type: 'SS' | 'NS' | 'BS', content: unknown, member: (value: unknown) => string): string[] {
  const members = list(content).map(member);
  if (members.length === 0) throw invalidParameter(EMPTY_SET[type]);
  const seen = new Set<string>();
  for (const [position, entry] of members.entries()) {
    if (seen.has(entry)) throw duplicateMember(type, [...[...seen].sort(), ...members.slice(position)]);
    seen.add(entry);
  }
  return members;
}

/** DynamoDB lists the members in order up to the first repeated one, and the rest as they were sent. */
function duplicateMember(type: 'SS' | 'NS' | 'BS', members: readonly string[]) {
  const quoted = members.map((member) => JSON.stringify(member));
  if (type === 'SS') return invalidParameter(`Input collection [${quoted.join(', ')}] contains duplicates.`);
  if (type === 'BS') return invalidParameter(`Input collection [${quoted.join(',')}]of type BS contains duplicates.`);
  return invalidParameter('Input collection contains duplicates.');
}

function text(content: unknown): string {
  if (typeof content === 'string') return content;
  if (typeof content === 'number') {
    throw serializationError(`${Number.isInteger(content) ? 'NUMBER' : 'DECIMAL'}_VALUE cannot be converted to String`);
  }
  if (typeof content === 'boolean') {
    throw serializationError(`${content ? 'TRUE' : 'FALSE'}_VALUE cannot be converted to String`);
  }
  throw notStructure();
}

function binary(content: unknown): string {
  if (content instanceof Uint8Array) return Buffer.from(content).toString('base64');
  const base64 = text(content);
  if (!BASE64.test(base64)) {
    throw serializationError('Invalid base64 in a binary value: encode the bytes as base64 with padding');
  }
  return base64;
}

function list(content: unknown): unknown[] {
  if (!Array.isArray(content)) throw serializationError('Unexpected field type');
  return content;
}

function notStructure() {
  return serializationError('Unexpected value type in payload');
}
