/**
 * Owns all state of the service: the tables with their data, and the client request tokens of transactions.
 * Who calls: the actions and the CloudFormation providers. It knows no requests and no AWS shapes of them.
 */
import type { Journal } from '../../kernel/journal';
import type { Kernel } from '../../kernel/kernel';
import { DurableTables } from './durable-tables';
import { tableInUse } from './faults';
import type { TableDefinition } from './model';
import type { StreamLog } from './stream-log';
import { Table, type TableSurroundings } from './table';
import { TokenRegister } from './token-register';

/** A stream and the table to which it belongs or belonged. */
export interface FoundStream {
  readonly stream: StreamLog;
  readonly table: Table;
}

/** The tables of one account and region. */
export class DynamoDbStore {
  readonly tokens: TokenRegister;
  private readonly tables = new Map<string, Table>();
  private readonly surroundings: TableSurroundings;

  constructor(
    readonly kernel: Kernel,
    region: string,
    journal: Journal,
  ) {
    this.tokens = new TokenRegister(kernel.clock, journal);
    this.surroundings = {
      clock: kernel.clock,
      region,
      durable: new DurableTables(journal),
      newEventId: () => kernel.random.uuid().replaceAll('-', ''),
    };
    this.restore();
  }

  /** Creates an empty table; refuses a name that is taken. */
  create(definition: TableDefinition): Table {
    if (this.tables.has(definition.name)) throw tableInUse(definition.name);
    const table = new Table(definition, this.surroundings);
    this.surroundings.durable.definitions.put(definition.name, definition);
    this.tables.set(definition.name, table);
    return table;
  }

  /** A table by its name. */
  find(name: string): Table | undefined {
    return this.tables.get(name);
  }

  remove(name: string): void {
    const table = this.tables.get(name);
    table?.close();
    table?.forget();
    this.tables.delete(name);
  }

  /** Names of all tables, sorted as ListTables gives them. */
  names(): string[] {
    return [...this.tables.keys()].sort();
  }

  /** Every stream of every table. */
  streams(): FoundStream[] {
    return [...this.tables.values()].flatMap((table) => table.streams.map((stream) => ({ stream, table })));
  }

  /** A stream by its ARN. */
  findStream(arn: string): FoundStream | undefined {
    const name = /:table\/([^/]+)\/stream\//.exec(arn)?.[1];
    const table = name === undefined ? undefined : this.tables.get(name);
    const stream = table?.streams.find((candidate) => candidate.arn === arn);
    return stream && { stream, table: table! };
  }

  /** Cancels every timer. */
  close(): void {
    for (const table of this.tables.values()) table.close();
  }

  private restore(): void {
    const { durable } = this.surroundings;
    for (const [name, definition] of durable.definitions.restored()) {
      this.tables.set(name, new Table(definition, this.surroundings));
    }
    for (const [tableName, entry] of durable.restoredItems()) this.tables.get(tableName)!.restore(entry);
    const records = durable.restoredRecords();
    for (const [arn, stream] of durable.streams.restored()) {
      this.tables.get(stream.tableName)!.restoreStream(stream, records.get(arn) ?? []);
    }
  }
}
