/** Owns how tables come, change and go; for the API's actions and for the CloudFormation providers alike. */
import { tableArn } from './access';
import { deletionProtected, invalidParameter, notEmulated, validationError } from './faults';
import type { StreamViewType } from './model';
import { checkEnum, describedTable, tableNameOf } from './request';
import type { ServiceContext } from './service-context';
import type { Table } from './table';
import {
  type AttributeDefinitionInput,
  type IndexInput,
  readIndex,
  readTableShape,
  type TableShapeInput,
} from './table-definition';

interface Throughput {
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
}

interface StreamSpecification {
  readonly StreamEnabled?: boolean;
  readonly StreamViewType?: string;
}

/** Members of CreateTable. */
export interface CreateTableInput extends TableShapeInput {
  readonly TableName?: string;
  readonly BillingMode?: string;
  readonly ProvisionedThroughput?: Throughput;
  readonly StreamSpecification?: StreamSpecification;
  readonly DeletionProtectionEnabled?: boolean;
  readonly TableClass?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly ResourcePolicy?: string;
}

/** Members of UpdateTable that are emulated. */
export interface UpdateTableInput {
  readonly TableName?: string;
  readonly AttributeDefinitions?: readonly AttributeDefinitionInput[];
  readonly BillingMode?: string;
  readonly ProvisionedThroughput?: Throughput;
  readonly StreamSpecification?: StreamSpecification;
  readonly DeletionProtectionEnabled?: boolean;
  readonly TableClass?: string;
  readonly GlobalSecondaryIndexUpdates?: readonly {
    readonly Create?: IndexInput;
    readonly Delete?: { readonly IndexName: string };
  }[];
}

const VIEW_TYPES = ['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY'];

/** Creates a table, active at once. */
export function createTable(context: ServiceContext, input: CreateTableInput): Table {
  const name = tableNameOf(input);
  if (name.length < 3) {
    throw validationError('TableName must be at least 3 characters long and at most 255 characters long');
  }
  checkEnum(input, 'BillingMode', ['PROVISIONED', 'PAY_PER_REQUEST']);
  const shape = readTableShape(input);
  const isOnDemand = input.BillingMode === 'PAY_PER_REQUEST';
  checkThroughput(isOnDemand, input.ProvisionedThroughput);
  const viewType = readViewType(input.StreamSpecification);
  const { store, arns, host } = context;
  const table = store.create({
    id: host.kernel.random.uuid(),
    name,
    arn: tableArn(arns, name),
    createdAtMs: host.kernel.clock.now(),
    ...shape,
    isOnDemand,
    readCapacityUnits: input.ProvisionedThroughput?.ReadCapacityUnits ?? 0,
    writeCapacityUnits: input.ProvisionedThroughput?.WriteCapacityUnits ?? 0,
    isDeletionProtected: input.DeletionProtectionEnabled === true,
    tableClass: input.TableClass ?? 'STANDARD',
    hasPointInTimeRecovery: false,
    tags: Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    ...(input.ResourcePolicy ? { resourcePolicy: JSON.parse(input.ResourcePolicy) } : {}),
  });
  if (viewType) table.openStream(viewType);
  return table;
}

/** Changes a table. */
export function updateTable({ store }: ServiceContext, input: UpdateTableInput): Table {
  const table = describedTable(store, tableNameOf(input));
  if (input.StreamSpecification) updateStream(table, input.StreamSpecification);
  for (const change of input.GlobalSecondaryIndexUpdates ?? []) updateIndex(table, change, input);
  const { definition } = table;
  const isOnDemand = input.BillingMode === undefined ? definition.isOnDemand : input.BillingMode === 'PAY_PER_REQUEST';
  if (input.BillingMode !== undefined) checkThroughput(isOnDemand, input.ProvisionedThroughput);
  table.redefine({
    isOnDemand,
    readCapacityUnits: isOnDemand
      ? 0
      : (input.ProvisionedThroughput?.ReadCapacityUnits ?? definition.readCapacityUnits),
    writeCapacityUnits: isOnDemand
      ? 0
      : (input.ProvisionedThroughput?.WriteCapacityUnits ?? definition.writeCapacityUnits),
    isDeletionProtected: input.DeletionProtectionEnabled ?? definition.isDeletionProtected,
    tableClass: input.TableClass ?? definition.tableClass,
  });
  return table;
}

/** Deletes a table unless it is protected. */
export function deleteTable({ store }: ServiceContext, name: string): Table {
  const table = describedTable(store, name);
  if (table.definition.isDeletionProtected) throw deletionProtected();
  store.remove(name);
  return table;
}

/** Switches time to live on for an attribute, or off. */
export function setTimeToLive(table: Table, attribute: string, isEnabled: boolean): void {
  const current = table.definition.timeToLiveAttribute;
  if (isEnabled && current !== undefined) {
    throw validationError(
      current === attribute
        ? 'TimeToLive is already enabled'
        : `TimeToLive is active on a different AttributeName: current AttributeName is ${current}`,
    );
  }
  if (!isEnabled && current === undefined) throw validationError('TimeToLive is already disabled');
  table.setTimeToLive(isEnabled ? attribute : undefined);
}

function checkThroughput(isOnDemand: boolean, given: Throughput | undefined): void {
  if (isOnDemand && given) {
    throw invalidParameter(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  if (!isOnDemand && !(given?.ReadCapacityUnits && given.WriteCapacityUnits)) {
    throw invalidParameter(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
}

function readViewType(specification: StreamSpecification | undefined): StreamViewType | undefined {
  if (!specification || specification.StreamEnabled === false) return undefined;
  checkEnum(specification, 'StreamViewType', VIEW_TYPES);
  if (!specification.StreamViewType) {
    throw invalidParameter('StreamViewType must be specified when StreamEnabled is true');
  }
  return specification.StreamViewType as StreamViewType;
}

function updateStream(table: Table, specification: StreamSpecification): void {
  if (specification.StreamEnabled === false) {
    if (!table.stream) throw validationError(`Table is not in ENABLED state for stream: ${table.definition.name}`);
    table.stream.close();
    return;
  }
  const viewType = readViewType(specification)!;
  if (table.stream) {
    throw validationError(`Table already has an enabled stream: TableName: ${table.definition.name}`);
  }
  table.openStream(viewType);
}

function updateIndex(
  table: Table,
  change: { readonly Create?: IndexInput; readonly Delete?: { readonly IndexName: string } },
  input: UpdateTableInput,
): void {
  const { indexes } = table.definition;
  if (change.Delete) {
    const name = change.Delete.IndexName;
    if (!indexes.some((index) => index.isGlobal && index.name === name)) {
      throw validationError(`The table does not have the specified index: ${name}`);
    }
    table.removeIndex(name);
    return;
  }
  if (!change.Create)
    throw notEmulated('GlobalSecondaryIndexUpdates.Update', 'throughput of an index has no effect here');
  const index = readIndex(change.Create, true, input.AttributeDefinitions ?? []);
  if (indexes.some((existing) => existing.name === index.name)) {
    throw invalidParameter(`Duplicate index name: ${index.name}`);
  }
  table.addIndex(index);
}
