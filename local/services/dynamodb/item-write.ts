/**
 * Owns what one write of one item is, whether it comes alone or in a transaction: read from a request, placed in its
 * table, and carried as far as the item that would stand there after it.
 */
import { itemSizeBytes, readItem } from './attribute-value';
import { type BoundExpressions, bindExpressions, type ExpressionInput } from './expression-parameters';
import { holds } from './expressions/condition';
import { applyUpdate, type UpdateClause } from './expressions/update';
import { conditionalCheckFailed, invalidParameter, validationError } from './faults';
import { checkIndexKeys, keyNames, type Place, placeOfItem, placeOfKey } from './key-schema';
import type { AttributeValue, IndexDefinition, Item, TableDefinition } from './model';
import { tableNameOf, tableOf } from './request';
import type { DynamoDbStore } from './store';
import type { Table } from './table';

const ITEM_LIMIT_BYTES = 409_600;
const EMPTY: Item = {};

/** The kinds of write; a check writes nothing, and stands only in a transaction. */
export type WriteKind = 'put' | 'update' | 'delete' | 'check';

/** The members that the requests of single writes and the actions of transactions have in common. */
export interface WriteInput extends ExpressionInput {
  TableName?: string;
  Item?: unknown;
  Key?: unknown;
  ReturnValuesOnConditionCheckFailure?: string;
}

/** A write as its request has it, before any table was looked at. */
export interface WriteRequest {
  readonly kind: WriteKind;
  readonly tableName: string;
  /** The item of a put, the key of the others. */
  readonly item: Item;
  readonly sizeBytes: number;
  readonly expressions: BoundExpressions;
  readonly returnsOldOnFailure: boolean;
}

/** A write that has found its table and its place in it. */
export interface PlacedWrite {
  readonly request: WriteRequest;
  readonly table: Table;
  readonly place: Place;
}

/** A write that was checked against the item that is there. */
export interface CheckedWrite extends PlacedWrite {
  readonly before: Item | undefined;
  readonly beforeBytes: number;
  readonly after: Item | undefined;
  readonly afterBytes: number;
}

/** Reads a write. Throws ValidationException for what DynamoDB refuses without looking at a table. */
export function readWrite(kind: WriteKind, input: WriteInput): WriteRequest {
  const tableName = tableNameOf(input);
  const member = kind === 'put' ? 'Item' : 'Key';
  if (input[member] === undefined || input[member] === null) {
    throw validationError(
      `1 validation error detected: Value null at '${member.toLowerCase()}' failed to satisfy constraint: Member must not be null`,
    );
  }
  const item = readItem(input[member]);
  const sizeBytes = kind === 'put' ? itemSizeBytes(item) : 0;
  if (sizeBytes > ITEM_LIMIT_BYTES) throw validationError('Item size has exceeded the maximum allowed size');
  const expressions = bindExpressions(
    input,
    kind === 'update' ? ['UpdateExpression', 'ConditionExpression'] : ['ConditionExpression'],
  );
  const returnsOldOnFailure = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  return { kind, tableName, item, sizeBytes, expressions, returnsOldOnFailure };
}

/** Finds the table and the place, and refuses what does not fit the table's keys. */
export function placeWrite(store: DynamoDbStore, request: WriteRequest): PlacedWrite {
  const table = tableOf(store, request.tableName);
  const { keys, indexes } = table.definition;
  if (request.kind === 'put') {
    const place = placeOfItem(keys, request.item);
    checkIndexKeys(indexes, request.item);
    return { request, table, place };
  }
  const place = placeOfKey(keys, request.item);
  if (request.expressions.update) checkKeysUntouched(table.definition, request.expressions.update);
  return { request, table, place };
}

/** Checks the condition and makes the item that would stand there. Nothing is changed. */
export function checkWrite(write: PlacedWrite): CheckedWrite {
  const { request, table, place } = write;
  const entry = table.entry(place);
  const { condition } = request.expressions;
  if (condition && !holds(condition, entry?.item ?? EMPTY)) {
    throw conditionalCheckFailed(request.returnsOldOnFailure ? entry?.item : undefined);
  }
  const before = entry?.item;
  const beforeBytes = entry?.sizeBytes ?? 0;
  const common = { ...write, before, beforeBytes };
  if (request.kind === 'put') return { ...common, after: request.item, afterBytes: request.sizeBytes };
  if (request.kind === 'delete') return { ...common, after: undefined, afterBytes: 0 };
  if (request.kind === 'check') return { ...common, after: before, afterBytes: beforeBytes };
  const after = applyUpdate(request.expressions.update ?? [], before ?? request.item);
  const afterBytes = itemSizeBytes(after);
  if (afterBytes > ITEM_LIMIT_BYTES) {
    throw validationError('Item size to update has exceeded the maximum allowed size');
  }
  checkUpdatedIndexKeys(table.definition.indexes, after);
  return { ...common, after, afterBytes };
}

function checkKeysUntouched(table: TableDefinition, update: readonly UpdateClause[]): void {
  const keys = keyNames(table.keys);
  for (const { path } of update) {
    if (keys.includes(path[0] as string)) {
      throw invalidParameter(`Cannot update attribute ${path[0]}. This attribute is part of the key`);
    }
  }
}

function checkUpdatedIndexKeys(indexes: readonly IndexDefinition[], item: Item): void {
  for (const index of indexes) {
    for (const attribute of index.keys.range ? [index.keys.hash, index.keys.range] : [index.keys.hash]) {
      const value: AttributeValue | undefined = item[attribute.name];
      if (!value) continue;
      if (value[attribute.type] === undefined) {
        throw validationError('The update expression attempted to update the secondary index key to unsupported type');
      }
      if (value[attribute.type] === '') {
        throw validationError(
          'The update expression attempted to update the secondary index key to a value that is not supported. ' +
            `The AttributeValue for a key attribute cannot contain an empty ${attribute.type === 'S' ? 'string' : 'binary'} value.`,
        );
      }
    }
  }
}
