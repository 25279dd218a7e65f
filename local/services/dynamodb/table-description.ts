import type { IndexDefinition, KeyAttribute, TableDefinition } from './model';
import type { Table } from './table';
import { describeKeys } from './table-definition';

/** A table as CreateTable, DescribeTable and their like answer it. */
export function describeTable(table: Table): Record<string, unknown> {
  const { definition, items } = table;
  const globals = definition.indexes.filter((index) => index.isGlobal);
  const locals = definition.indexes.filter((index) => !index.isGlobal);
  const latest = table.streams[table.streams.length - 1];
  return {
    TableName: definition.name,
    TableId: definition.id,
    TableArn: definition.arn,
    TableStatus: 'ACTIVE',
    CreationDateTime: definition.createdAtMs / 1000,
    AttributeDefinitions: attributeDefinitions(definition),
    KeySchema: describeKeys(definition.keys),
    ItemCount: items.count,
    TableSizeBytes: items.sizeBytes,
    ProvisionedThroughput: throughput(definition),
    ...(definition.isOnDemand
      ? {
          BillingModeSummary: {
            BillingMode: 'PAY_PER_REQUEST',
            LastUpdateToPayPerRequestDateTime: definition.createdAtMs / 1000,
          },
        }
      : {}),
    ...(globals.length > 0 ? { GlobalSecondaryIndexes: globals.map((index) => describeIndex(table, index)) } : {}),
    ...(locals.length > 0 ? { LocalSecondaryIndexes: locals.map((index) => describeIndex(table, index)) } : {}),
    ...(table.stream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream.viewType } } : {}),
    ...(latest ? { LatestStreamLabel: latest.label, LatestStreamArn: latest.arn } : {}),
    TableClassSummary: { TableClass: definition.tableClass },
    DeletionProtectionEnabled: definition.isDeletionProtected,
  };
}

function describeIndex(table: Table, index: IndexDefinition): Record<string, unknown> {
  const entries = table.indexes.get(index.name)?.entries;
  const { projection } = index;
  return {
    IndexName: index.name,
    IndexArn: `${table.definition.arn}/index/${index.name}`,
    KeySchema: describeKeys(index.keys),
    Projection: {
      ProjectionType: projection.kind,
      ...(projection.kind === 'INCLUDE' ? { NonKeyAttributes: projection.attributes } : {}),
    },
    IndexSizeBytes: entries?.sizeBytes ?? 0,
    ItemCount: entries?.count ?? 0,
    ...(index.isGlobal ? { IndexStatus: 'ACTIVE', ProvisionedThroughput: throughput(table.definition) } : {}),
  };
}

function throughput(definition: TableDefinition) {
  return {
    NumberOfDecreasesToday: 0,
    ReadCapacityUnits: definition.readCapacityUnits,
    WriteCapacityUnits: definition.writeCapacityUnits,
  };
}

function attributeDefinitions({ keys, indexes }: TableDefinition) {
  const attributes = new Map<string, KeyAttribute>();
  for (const { hash, range } of [keys, ...indexes.map((index) => index.keys)]) {
    attributes.set(hash.name, hash);
    if (range) attributes.set(range.name, range);
  }
  return [...attributes.values()].map(({ name, type }) => ({ AttributeName: name, AttributeType: type }));
}
