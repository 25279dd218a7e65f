/** Owns what Query and Scan read from: a table or one of its indexes, and in which form items come out of it. */
import { copyItem, readValue } from './attribute-value';
import { type Consumption, readUnits } from './capacity';
import type { EntryCollection } from './entry-collection';
import { conditionPaths } from './expressions/condition';
import type { Condition } from './expressions/condition-model';
import type { DocumentPath } from './expressions/document-path';
import { project } from './expressions/projection';
import { invalidParameter, validationError } from './faults';
import { identityOf, keyNames, keyOf, type Place, placeInIndex, placeOfKey } from './key-schema';
import type { Entry, IndexDefinition, Item, KeySchema } from './model';
import type { Page } from './read-page';
import { checkEnum } from './request';
import { projectedNames, type Table } from './table';

/** The members that Query and Scan requests have in common. */
export interface ReadInput {
  IndexName?: string;
  Select?: string;
  ConsistentRead?: boolean;
  Limit?: number;
  ExclusiveStartKey?: Record<string, unknown>;
  ReturnConsumedCapacity?: string;
}

/** A table or an index, as one request reads it. */
export interface ReadSource {
  readonly table: Table;
  readonly index: IndexDefinition | undefined;
  readonly keys: KeySchema;
  readonly entries: EntryCollection;
  readonly projection: readonly DocumentPath[] | undefined;
  readonly isCountOnly: boolean;
  readonly isConsistent: boolean;
  itemOf(entry: Entry): Item;
}

const SELECTS = ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'];

/** Refuses what Query and Scan refuse before they look at a table. */
export function checkReadInput(input: ReadInput, hasProjection: boolean): void {
  checkEnum(input, 'Select', SELECTS);
  if (input.Limit !== undefined && input.Limit !== null && !(input.Limit >= 1)) {
    throw validationError(
      `1 validation error detected: Value '${input.Limit}' at 'limit' failed to satisfy constraint: ` +
        'Member must have value greater than or equal to 1',
    );
  }
  if (hasProjection && input.Select && input.Select !== 'SPECIFIC_ATTRIBUTES') {
    throw validationError(`Cannot specify the ProjectionExpression when choosing to get ${input.Select}`);
  }
  if (input.Select === 'SPECIFIC_ATTRIBUTES' && !hasProjection) {
    throw validationError(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (input.Select === 'ALL_PROJECTED_ATTRIBUTES' && !input.IndexName) {
    throw invalidParameter('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
}

/** Opens the table or index that a request names. */
export function openSource(
  table: Table,
  input: ReadInput,
  projection: readonly DocumentPath[] | undefined,
): ReadSource {
  const isCountOnly = input.Select === 'COUNT';
  const isConsistent = input.ConsistentRead === true;
  const found = input.IndexName === undefined ? undefined : table.indexes.get(input.IndexName);
  if (input.IndexName !== undefined && !found) {
    throw validationError(`The table does not have the specified index: ${input.IndexName}`);
  }
  const common = { table, projection, isCountOnly, isConsistent };
  if (!found) {
    const { keys } = table.definition;
    return { ...common, index: undefined, keys, entries: table.items, itemOf: (entry) => entry.item };
  }
  const index = found.definition;
  if (index.isGlobal && isConsistent) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  const isPartial = index.projection.kind !== 'ALL';
  const wantsAll = input.Select === 'ALL_ATTRIBUTES' || projection !== undefined;
  if (index.isGlobal && isPartial) refuseUnprojected(table, index, input, projection);
  // A local index fetches from the table what it does not carry itself.
  const fetches = !index.isGlobal && isPartial && wantsAll;
  const itemOf = (entry: Entry) => (fetches ? (tableItem(table, entry.item) ?? entry.item) : entry.item);
  return { ...common, index, keys: index.keys, entries: found.entries, itemOf };
}

/** Refuses a filter on the key that is read by. */
export function checkFilter(source: ReadSource, filter: Condition | undefined): void {
  if (!filter) return;
  const keys = keyNames(source.keys);
  for (const path of conditionPaths(filter)) {
    if (!keys.includes(path[0] as string)) continue;
    throw validationError(
      `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${path[0]}`,
    );
  }
}

/** The place after which a page begins, from the key that the page before it gave. */
export function startPlace(
  source: ReadSource,
  startKey: Record<string, unknown>,
  mismatch: string,
): Place & { tie: string } {
  const { table, index, keys } = source;
  const names = new Set([...keyNames(table.definition.keys), ...keyNames(keys)]);
  const key: Item = {};
  for (const name in startKey) key[name] = readValue(startKey[name]);
  const isComplete = [...names].every((name) => key[name]) && Object.keys(key).length === names.size;
  if (!isComplete) throw validationError(mismatch);
  const place = placeOfKey(table.definition.keys, keyOf(table.definition.keys, key));
  if (!index) return { ...place, tie: '' };
  const indexPlace = placeInIndex(index, key);
  if (!indexPlace) throw validationError(mismatch);
  return { ...indexPlace, tie: identityOf(place) };
}

/** The answer that a page makes, and what reading it took. */
export function describePage(
  source: ReadSource,
  page: Page,
): { output: Record<string, unknown>; consumption: Consumption } {
  const { table, index, keys, projection, isCountOnly, isConsistent } = source;
  const output: Record<string, unknown> = { Count: page.items.length, ScannedCount: page.scannedCount };
  if (!isCountOnly) output.Items = page.items.map((item) => (projection ? project(item, projection) : copyItem(item)));
  if (page.last) {
    const key = { ...keyOf(table.definition.keys, page.last.item), ...keyOf(keys, page.last.item) };
    output.LastEvaluatedKey = copyItem(key);
  }
  const units =
    page.scannedCount === 0 && index ? 0.5 : readUnits(page.sizeBytes, isConsistent ? 'consistent' : 'eventual');
  const consumption: Consumption = {
    tableName: table.definition.name,
    tableUnits: index ? 0 : units,
    indexes: index ? [{ name: index.name, isGlobal: index.isGlobal, units }] : [],
  };
  return { output, consumption };
}

function tableItem(table: Table, indexItem: Item): Item | undefined {
  const { keys } = table.definition;
  return table.entry(placeOfKey(keys, keyOf(keys, indexItem)))?.item;
}

function refuseUnprojected(
  table: Table,
  index: IndexDefinition,
  input: ReadInput,
  projection: readonly DocumentPath[] | undefined,
): void {
  if (input.Select === 'ALL_ATTRIBUTES') {
    throw invalidParameter(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  }
  const carried = projectedNames(index, table.definition);
  const missing = (projection ?? []).map((path) => path[0] as string).filter((name) => !carried.has(name));
  if (missing.length === 0) return;
  throw invalidParameter(`Global secondary index ${index.name} does not project [${missing.join(', ')}]`);
}
