/**
 * Owns what makes a key valid, and its encoding as the place of an entry. Messages are DynamoDB's own, quirks included
 * (`limit of2048 bytes`).
 */
import { binaryLength, utf8Length } from './attribute-value';
import { invalidParameter, validationError } from './faults';
import type { AttributeValue, Entry, IndexDefinition, Item, KeyAttribute, KeySchema } from './model';
import { sortKeyText } from './sort-key';

const HASH_LIMIT_BYTES = 2048;
const RANGE_LIMIT_BYTES = 1024;

/** Where an item stands: the two encoded parts of its key. */
export type Place = Pick<Entry, 'hash' | 'range'>;

/** The names of a key's attributes, partition key first. */
export function keyNames(keys: KeySchema): string[] {
  return keys.range ? [keys.hash.name, keys.range.name] : [keys.hash.name];
}

/** The key of an item, as an item of its own. */
export function keyOf(keys: KeySchema, item: Item): Item {
  const key: Item = { [keys.hash.name]: item[keys.hash.name]! };
  if (keys.range) key[keys.range.name] = item[keys.range.name]!;
  return key;
}

/** The place that a request's `Key` names. The key must have exactly the table's attributes. */
export function placeOfKey(keys: KeySchema, key: Item): Place {
  const expected = keys.range ? 2 : 1;
  const hash = key[keys.hash.name];
  const range = keys.range && key[keys.range.name];
  let count = 0;
  for (const _name in key) count++;
  if (count !== expected || !hash || (keys.range && !range) || !fits(keys.hash, hash)) throw mismatch();
  if (keys.range && !fits(keys.range, range!)) throw mismatch();
  return encode(keys, hash, range);
}

/** The place of an item that is about to be stored. */
export function placeOfItem(keys: KeySchema, item: Item): Place {
  const hash = required(keys.hash, item);
  const range = keys.range && required(keys.range, item);
  return encode(keys, hash, range);
}

/** The place of an item in an index; undefined when it has not both keys, and so is not in the index. */
export function placeInIndex(index: IndexDefinition, item: Item): Place | undefined {
  const hash = item[index.keys.hash.name];
  const range = index.keys.range && item[index.keys.range.name];
  if (!hash || !fits(index.keys.hash, hash)) return undefined;
  if (index.keys.range && !(range && fits(index.keys.range, range))) return undefined;
  return {
    hash: hashText(index.keys.hash, hash),
    range: index.keys.range ? sortKeyText(index.keys.range, range!) : '',
  };
}

/** Refuses an item whose attribute has not the type that an index's key declares, or is empty. */
export function checkIndexKeys(indexes: readonly IndexDefinition[], item: Item): void {
  for (const index of indexes) {
    for (const attribute of index.keys.range ? [index.keys.hash, index.keys.range] : [index.keys.hash]) {
      const value = item[attribute.name];
      if (!value) continue;
      if (!fits(attribute, value)) {
        throw invalidParameter(
          `Type mismatch for Index Key ${attribute.name} Expected: ${attribute.type} Actual: ${typeName(value)} ` +
            `IndexName: ${index.name}`,
        );
      }
      const empty = emptyKind(attribute, value);
      if (empty) {
        throw validationError(
          'One or more parameter values are not valid. A value specified for a secondary index key is not ' +
            `supported. The AttributeValue for a key attribute cannot contain an empty ${empty} value. ` +
            `IndexName: ${index.name}, IndexKey: ${attribute.name}`,
        );
      }
    }
  }
}

/** Names an item in its table by one text that no other item has. */
export function identityOf(place: Place): string {
  return `${place.hash.length}:${place.hash}${place.range}`;
}

/** The text under which a partition is found. */
export function hashText(attribute: KeyAttribute, value: AttributeValue): string {
  return value[attribute.type]!;
}

/** True when the value has the type that the key declares. */
export function fits(attribute: KeyAttribute, value: AttributeValue): boolean {
  return value[attribute.type] !== undefined;
}

function encode(keys: KeySchema, hash: AttributeValue, range: AttributeValue | undefined): Place {
  checkContent(keys.hash, hash);
  if (lengthBytes(keys.hash, hash) > HASH_LIMIT_BYTES) {
    throw invalidParameter('Size of hashkey has exceeded the maximum size limit of2048 bytes');
  }
  if (!keys.range) return { hash: hashText(keys.hash, hash), range: '' };
  checkContent(keys.range, range!);
  if (lengthBytes(keys.range, range!) > RANGE_LIMIT_BYTES) {
    throw invalidParameter('Aggregated size of all range keys has exceeded the size limit of 1024 bytes');
  }
  return { hash: hashText(keys.hash, hash), range: sortKeyText(keys.range, range!) };
}

function required(attribute: KeyAttribute, item: Item): AttributeValue {
  const value = item[attribute.name];
  if (!value) throw invalidParameter(`Missing the key ${attribute.name} in the item`);
  if (!fits(attribute, value)) {
    throw invalidParameter(
      `Type mismatch for key ${attribute.name} expected: ${attribute.type} actual: ${typeName(value)}`,
    );
  }
  return value;
}

function checkContent(attribute: KeyAttribute, value: AttributeValue): void {
  const empty = emptyKind(attribute, value);
  if (!empty) return;
  throw validationError(
    'One or more parameter values are not valid. ' +
      `The AttributeValue for a key attribute cannot contain an empty ${empty} value. Key: ${attribute.name}`,
  );
}

function emptyKind(attribute: KeyAttribute, value: AttributeValue): string | undefined {
  if (value[attribute.type] !== '') return undefined;
  return attribute.type === 'S' ? 'string' : 'binary';
}

function lengthBytes(attribute: KeyAttribute, value: AttributeValue): number {
  if (attribute.type === 'S') return utf8Length(value.S!);
  return attribute.type === 'B' ? binaryLength(value.B!) : 0;
}

function typeName(value: AttributeValue): string {
  return Object.keys(value)[0] ?? '';
}

function mismatch() {
  return validationError('The provided key element does not match the schema');
}
