/** Owns what a request to create a table may say. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
import { invalidParameter, validationError } from './faults';
import type { IndexDefinition, KeyAttribute, KeySchema, Projection } from './model';
import { constraintError } from './request';

/** A key of a table or an index as the API has it. */
export type KeySchemaInput = readonly { readonly AttributeName: string; readonly KeyType: string }[];

/** An attribute that a key uses. */
export type AttributeDefinitionInput = { readonly AttributeName: string; readonly AttributeType: string };

/** An index as the API has it. */
export interface IndexInput {
  readonly IndexName: string;
  readonly KeySchema: KeySchemaInput;
  readonly Projection?: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
}

/** The members of CreateTable that say how a table is built. */
export interface TableShapeInput {
  readonly KeySchema?: KeySchemaInput;
  readonly AttributeDefinitions?: readonly AttributeDefinitionInput[];
  readonly GlobalSecondaryIndexes?: readonly IndexInput[];
  readonly LocalSecondaryIndexes?: readonly IndexInput[];
}

/** How a table is built. */
export interface TableShape {
  readonly keys: KeySchema;
  readonly indexes: readonly IndexDefinition[];
}

const GLOBAL_LIMIT = 20;
const LOCAL_LIMIT = 5;

/** Reads keys and indexes; refuses what does not fit together. */
export function readTableShape(input: TableShapeInput): TableShape {
  if (!input.KeySchema?.length) {
    throw constraintError("Value null at 'keySchema' failed to satisfy constraint: Member must not be null");
  }
  const definitions = input.AttributeDefinitions ?? [];
  const keys = readKeys(input.KeySchema, definitions);
  const locals = input.LocalSecondaryIndexes ?? [];
  const globals = input.GlobalSecondaryIndexes ?? [];
  if (locals.length > LOCAL_LIMIT) {
    throw invalidParameter('Number of LocalSecondaryIndexes exceeds per-table limit of 5');
  }
  if (globals.length > GLOBAL_LIMIT) {
    throw invalidParameter('GlobalSecondaryIndex count exceeds the per-table limit of 20');
  }
  const indexes = [
    ...locals.map((index) => readLocalIndex(index, keys, definitions)),
    ...globals.map((index) => readIndex(index, true, definitions)),
  ];
  const names = indexes.map((index) => index.name);
  const repeated = names.find((name, i) => names.indexOf(name) < i);
  if (repeated) throw invalidParameter(`Duplicate index name: ${repeated}`);
  checkAllUsed(keys, indexes, definitions);
  return { keys, indexes };
}

/** Reads one index, for a table that exists. */
export function readIndex(
  input: IndexInput,
  isGlobal: boolean,
  definitions: readonly AttributeDefinitionInput[],
): IndexDefinition {
  return {
    name: input.IndexName,
    isGlobal,
    keys: readKeys(input.KeySchema, definitions),
    projection: readProjection(input.Projection),
  };
}

/** Keys as the API has them. */
export function describeKeys(keys: KeySchema): KeySchemaInput {
  const hash = { AttributeName: keys.hash.name, KeyType: 'HASH' };
  return keys.range ? [hash, { AttributeName: keys.range.name, KeyType: 'RANGE' }] : [hash];
}

function readLocalIndex(
  input: IndexInput,
  tableKeys: KeySchema,
  definitions: readonly AttributeDefinitionInput[],
): IndexDefinition {
  if (!tableKeys.range) {
    throw invalidParameter(
      'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
    );
  }
  const index = readIndex(input, false, definitions);
  if (!index.keys.range) {
    throw invalidParameter(`Index KeySchema does not have a range key for index: ${index.name}`);
  }
  if (index.keys.hash.name !== tableKeys.hash.name) {
    throw invalidParameter(
      `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${index.name}. ` +
        `index hash key: ${index.keys.hash.name}, table hash key: ${tableKeys.hash.name}`,
    );
  }
  return index;
}

function readKeys(schema: KeySchemaInput, definitions: readonly AttributeDefinitionInput[]): KeySchema {
  if (schema.length > 2) {
    throw constraintError(
      `Value '${JSON.stringify(schema)}' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2`,
    );
  }
  const [first, second] = schema;
  if (first?.KeyType !== 'HASH') {
    throw validationError('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  if (second && second.KeyType !== 'RANGE') {
    throw validationError('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  if (second?.AttributeName === first.AttributeName) {
    throw validationError('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  const attribute = (name: string) => readKeyAttribute(name, schema, definitions);
  const hash = attribute(first.AttributeName);
  return second ? { hash, range: attribute(second.AttributeName) } : { hash };
}

function readKeyAttribute(
  name: string,
  schema: KeySchemaInput,
  definitions: readonly AttributeDefinitionInput[],
): KeyAttribute {
  const type = definitions.find((definition) => definition.AttributeName === name)?.AttributeType;
  if (type === undefined) {
    const keys = schema.map((element) => element.AttributeName).join(', ');
    const defined = definitions.map((definition) => definition.AttributeName).join(', ');
    throw invalidParameter(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${keys}], AttributeDefinitions: [${defined}]`,
    );
  }
  if (type !== 'S' && type !== 'N' && type !== 'B') {
    throw constraintError(
      `Value '${type}' at 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: ` +
        'Member must satisfy enum value set: [B, N, S]',
    );
  }
  return { name, type };
}

function readProjection(input: IndexInput['Projection']): Projection {
  const kind = input?.ProjectionType;
  const attributes = input?.NonKeyAttributes;
  if (kind !== 'ALL' && kind !== 'KEYS_ONLY' && kind !== 'INCLUDE') {
    throw invalidParameter(`Unknown ProjectionType: ${kind ?? 'null'}`);
  }
  if (kind === 'INCLUDE') {
    if (!attributes?.length) throw invalidParameter('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
    return { kind, attributes };
  }
  if (attributes) throw invalidParameter(`ProjectionType is ${kind}, but NonKeyAttributes is specified`);
  return { kind };
}

function checkAllUsed(
  keys: KeySchema,
  indexes: readonly IndexDefinition[],
  definitions: readonly AttributeDefinitionInput[],
): void {
  const used = new Set(
    [keys, ...indexes.map((index) => index.keys)].flatMap(({ hash, range }) => [hash.name, range?.name]),
  );
  if (definitions.every((definition) => used.has(definition.AttributeName))) return;
  throw invalidParameter(
    'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
  );
}
