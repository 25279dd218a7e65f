import type { IndexWrite, Table } from './table';

const READ_UNIT_BYTES = 4096;
const WRITE_UNIT_BYTES = 1024;

/** Units that an index took. */
export interface IndexUnits {
  readonly name: string;
  readonly isGlobal: boolean;
  readonly units: number;
}

/** Capacity that a request took of one table. */
export interface Consumption {
  readonly tableName: string;
  readonly tableUnits: number;
  readonly indexes: readonly IndexUnits[];
}

/** Read units for bytes: one for 4 KB, half of it when eventually consistent, twice in a transaction. */
export function readUnits(bytes: number, mode: 'eventual' | 'consistent' | 'transaction'): number {
  const blocks = Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES));
  return mode === 'eventual' ? blocks / 2 : mode === 'consistent' ? blocks : blocks * 2;
}

/** Write units for bytes: one for 1 KB, twice in a transaction. */
function writeUnits(bytes: number, isTransaction = false): number {
  return Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES)) * (isTransaction ? 2 : 1);
}

/** What a write took: the larger of the item before and after, and of each index what changed in it. */
export function writeConsumption(
  table: Table,
  bytes: number,
  indexWrites: readonly IndexWrite[],
  isTransaction = false,
): Consumption {
  return {
    tableName: table.definition.name,
    tableUnits: writeUnits(bytes, isTransaction),
    indexes: indexWrites.map(({ index, sizeBytes }) => ({
      name: index.name,
      isGlobal: index.isGlobal,
      units: writeUnits(sizeBytes, isTransaction),
    })),
  };
}

/** All units of a consumption. */
function totalUnits(consumption: Consumption): number {
  return consumption.indexes.reduce((sum, index) => sum + index.units, consumption.tableUnits);
}

/** Consumptions of one request added up, one for each table. */
export function mergeConsumptions(consumptions: readonly Consumption[]): Consumption[] {
  const merged = new Map<string, { tableUnits: number; indexes: Map<string, IndexUnits> }>();
  for (const { tableName, tableUnits, indexes } of consumptions) {
    const sum = merged.get(tableName) ?? { tableUnits: 0, indexes: new Map() };
    sum.tableUnits += tableUnits;
    for (const index of indexes) {
      const units = (sum.indexes.get(index.name)?.units ?? 0) + index.units;
      sum.indexes.set(index.name, { ...index, units });
    }
    merged.set(tableName, sum);
  }
  return [...merged].map(([tableName, sum]) => ({
    tableName,
    tableUnits: sum.tableUnits,
    indexes: [...sum.indexes.values()],
  }));
}

/** The `ConsumedCapacity` of an answer, or undefined when the request did not ask for it. */
export function describeConsumption(mode: string | undefined, consumption: Consumption): object | undefined {
  if (mode !== 'TOTAL' && mode !== 'INDEXES') return undefined;
  const description: Record<string, unknown> = {
    TableName: consumption.tableName,
    CapacityUnits: totalUnits(consumption),
  };
  if (mode === 'TOTAL') return description;
  description.Table = { CapacityUnits: consumption.tableUnits };
  for (const isGlobal of [false, true]) {
    const indexes = consumption.indexes.filter((index) => index.isGlobal === isGlobal);
    if (indexes.length === 0) continue;
    description[isGlobal ? 'GlobalSecondaryIndexes' : 'LocalSecondaryIndexes'] = Object.fromEntries(
      indexes.map((index) => [index.name, { CapacityUnits: index.units }]),
    );
  }
  return description;
}
