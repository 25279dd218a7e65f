/**
 * Owns the CloudFormation resource types of DynamoDB: what of their properties has an effect here.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
 */
import type { PropertySpec, ResourceContext, ResourceProvider, ResourceResult } from '../../wire/resource-provider';
import type { ServiceContext } from './service-context';
import type { Table } from './table';
import {
  type AttributeDefinitionInput,
  type IndexInput,
  type KeySchemaInput,
  readTableShape,
} from './table-definition';
import { createTable, setTimeToLive, updateTable } from './table-lifecycle';

const NAME_LIMIT = 255;
const ENCRYPTION = { inert: 'data is kept in memory, not at rest' } as const;
const THROUGHPUT = { inert: 'one machine has no provisioned capacity and never throttles by it' } as const;
const INSIGHTS = { inert: 'Contributor Insights only observes' } as const;
const BACKUPS = { inert: 'nothing can be restored from one machine; the setting is described' } as const;

const INDEX: PropertySpec = {
  IndexName: 'emulated',
  KeySchema: 'emulated',
  Projection: 'emulated',
  ProvisionedThroughput: THROUGHPUT,
  OnDemandThroughput: THROUGHPUT,
  ReadOnDemandThroughputSettings: THROUGHPUT,
  WriteOnDemandThroughputSettings: THROUGHPUT,
  ReadProvisionedThroughputSettings: THROUGHPUT,
  WriteProvisionedThroughputSettings: THROUGHPUT,
  WarmThroughput: THROUGHPUT,
  ContributorInsightsSpecification: INSIGHTS,
};

const COMMON: PropertySpec = {
  TableName: 'emulated',
  AttributeDefinitions: 'emulated',
  KeySchema: 'emulated',
  BillingMode: 'emulated',
  GlobalSecondaryIndexes: { members: INDEX },
  LocalSecondaryIndexes: { members: INDEX },
  StreamSpecification: { members: { StreamViewType: 'emulated' } },
  TimeToLiveSpecification: 'emulated',
  SSESpecification: ENCRYPTION,
  WarmThroughput: THROUGHPUT,
};

const TABLE: PropertySpec = {
  ...COMMON,
  ProvisionedThroughput: THROUGHPUT,
  OnDemandThroughput: THROUGHPUT,
  DeletionProtectionEnabled: 'emulated',
  PointInTimeRecoverySpecification: BACKUPS,
  ContributorInsightsSpecification: INSIGHTS,
  ResourcePolicy: 'emulated',
  TableClass: 'emulated',
  Tags: 'emulated',
};

const REPLICA: PropertySpec = {
  Region: 'emulated',
  DeletionProtectionEnabled: 'emulated',
  ResourcePolicy: 'emulated',
  TableClass: 'emulated',
  Tags: 'emulated',
  PointInTimeRecoverySpecification: BACKUPS,
  ContributorInsightsSpecification: INSIGHTS,
  SSESpecification: ENCRYPTION,
  GlobalSecondaryIndexes: { inert: 'only throughput and insights of a replica are set there' },
  ReadOnDemandThroughputSettings: THROUGHPUT,
  ReadProvisionedThroughputSettings: THROUGHPUT,
};

const GLOBAL_TABLE: PropertySpec = {
  ...COMMON,
  Replicas: { members: REPLICA },
  ReadOnDemandThroughputSettings: THROUGHPUT,
  WriteOnDemandThroughputSettings: THROUGHPUT,
  ReadProvisionedThroughputSettings: THROUGHPUT,
  WriteProvisionedThroughputSettings: THROUGHPUT,
};

/** The members that both types have, and those of a replica, which `AWS::DynamoDB::Table` has at its top. */
interface TableProperties {
  readonly TableName?: string;
  readonly AttributeDefinitions: readonly AttributeDefinitionInput[];
  readonly KeySchema: KeySchemaInput;
  readonly BillingMode?: string;
  readonly GlobalSecondaryIndexes?: readonly IndexInput[];
  readonly LocalSecondaryIndexes?: readonly IndexInput[];
  readonly StreamSpecification?: { readonly StreamViewType: string };
  readonly TimeToLiveSpecification?: { readonly AttributeName?: string; readonly Enabled: boolean };
  readonly DeletionProtectionEnabled?: boolean;
  readonly PointInTimeRecoverySpecification?: { readonly PointInTimeRecoveryEnabled?: boolean };
  readonly ResourcePolicy?: { readonly PolicyDocument: object };
  readonly TableClass?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

interface GlobalTableProperties extends TableProperties {
  readonly Replicas: readonly (Partial<TableProperties> & { readonly Region: string })[];
}

/** The providers of `AWS::DynamoDB::Table` and `AWS::DynamoDB::GlobalTable` (what the CDK's `TableV2` makes). */
export function tableProviders(context: ServiceContext): ResourceProvider[] {
  return [
    provider(context, 'AWS::DynamoDB::Table', TABLE, (properties: TableProperties) => properties),
    provider(context, 'AWS::DynamoDB::GlobalTable', GLOBAL_TABLE, (properties: GlobalTableProperties) =>
      localReplica(context, properties),
    ),
  ];
}

function provider<Properties>(
  context: ServiceContext,
  type: string,
  properties: PropertySpec,
  tableProperties: (properties: Properties) => TableProperties,
): ResourceProvider<Properties> {
  return {
    type,
    properties,
    create: (given, resource) => create(context, tableProperties(given), resource),
    update: (physicalId, given, previous, resource) =>
      update(context, physicalId, tableProperties(given), tableProperties(previous), resource),
    delete: (physicalId) => {
      const table = context.store.find(physicalId);
      if (table?.definition.isDeletionProtected) {
        throw new Error(
          `Resource handler returned message: "Resource cannot be deleted as it is currently protected against ` +
            `deletion. Disable deletion protection first." (table ${physicalId})`,
        );
      }
      context.store.remove(physicalId);
    },
  };
}

function localReplica({ arns }: ServiceContext, properties: GlobalTableProperties): TableProperties {
  const elsewhere = (properties.Replicas ?? []).filter((replica) => replica.Region !== arns.region);
  if (elsewhere.length > 0) {
    throw new Error(
      `Replicas in ${elsewhere.map((replica) => replica.Region).join(', ')} are not emulated: this runs ${arns.region} ` +
        'alone. Leave other replicas out of the stage that runs here.',
    );
  }
  const replica: Partial<TableProperties> = properties.Replicas?.[0] ?? {};
  return { ...replica, ...properties };
}

function create(context: ServiceContext, properties: TableProperties, resource: ResourceContext): ResourceResult {
  const { StreamSpecification, ResourcePolicy, Tags, ...rest } = properties;
  const isOnDemand = properties.BillingMode === 'PAY_PER_REQUEST';
  const table = createTable(context, {
    ...rest,
    TableName: properties.TableName ?? resource.generateName(NAME_LIMIT),
    ...(isOnDemand ? {} : { ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 } }),
    ...(StreamSpecification ? { StreamSpecification: { StreamEnabled: true, ...StreamSpecification } } : {}),
    ...(ResourcePolicy ? { ResourcePolicy: JSON.stringify(ResourcePolicy.PolicyDocument) } : {}),
    ...(Tags ? { Tags } : {}),
  });
  applyTimeToLive(table, properties);
  applySettings(table, properties);
  return result(table);
}

function update(
  context: ServiceContext,
  physicalId: string,
  properties: TableProperties,
  previous: TableProperties,
  resource: ResourceContext,
): ResourceResult {
  const table = context.store.find(physicalId);
  if (!table || needsReplacement(properties, previous)) {
    if (properties.TableName === physicalId && table) {
      throw new Error(
        'CloudFormation cannot update a stack when a custom-named resource requires replacing. ' +
          `Rename ${physicalId} and update the stack again.`,
      );
    }
    return create(context, properties, resource);
  }
  updateIndexes(context, table, properties);
  updateStream(context, table, properties);
  applyTimeToLive(table, properties);
  applySettings(table, properties);
  return result(table);
}

/** Keys, local indexes and the name cannot be changed in place. */
function needsReplacement(properties: TableProperties, previous: TableProperties): boolean {
  const fixed = (of: TableProperties) => JSON.stringify([of.TableName, of.KeySchema, of.LocalSecondaryIndexes ?? []]);
  return fixed(properties) !== fixed(previous);
}

function updateIndexes(context: ServiceContext, table: Table, properties: TableProperties): void {
  const wanted = readTableShape(properties).indexes.filter((index) => index.isGlobal);
  const present = table.definition.indexes.filter((index) => index.isGlobal);
  const unchanged = new Set(
    present.filter((a) => wanted.some((b) => JSON.stringify(a) === JSON.stringify(b))).map((index) => index.name),
  );
  const { name: TableName } = table.definition;
  const { AttributeDefinitions } = properties;
  updateTable(context, {
    TableName,
    AttributeDefinitions,
    GlobalSecondaryIndexUpdates: [
      ...present.filter(({ name }) => !unchanged.has(name)).map(({ name }) => ({ Delete: { IndexName: name } })),
      ...(properties.GlobalSecondaryIndexes ?? [])
        .filter((index) => !unchanged.has(index.IndexName))
        .map((Create) => ({ Create })),
    ],
  });
}

function updateStream(context: ServiceContext, table: Table, properties: TableProperties): void {
  const { name: TableName } = table.definition;
  const wanted = properties.StreamSpecification?.StreamViewType;
  const present = table.stream?.viewType;
  if (wanted === present) return;
  if (present) updateTable(context, { TableName, StreamSpecification: { StreamEnabled: false } });
  if (wanted) updateTable(context, { TableName, StreamSpecification: { StreamEnabled: true, StreamViewType: wanted } });
}

function applyTimeToLive(table: Table, { TimeToLiveSpecification }: TableProperties): void {
  const wanted = TimeToLiveSpecification?.Enabled ? TimeToLiveSpecification.AttributeName : undefined;
  const present = table.definition.timeToLiveAttribute;
  if (wanted === present) return;
  if (present !== undefined) setTimeToLive(table, present, false);
  if (wanted !== undefined) setTimeToLive(table, wanted, true);
}

function applySettings(table: Table, properties: TableProperties): void {
  table.redefine({
    isOnDemand: properties.BillingMode === 'PAY_PER_REQUEST',
    isDeletionProtected: properties.DeletionProtectionEnabled === true,
    hasPointInTimeRecovery: properties.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true,
    tableClass: properties.TableClass ?? 'STANDARD',
    tags: Object.fromEntries((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    resourcePolicy: properties.ResourcePolicy?.PolicyDocument,
  });
}

function result(table: Table): ResourceResult {
  const { name, arn, id } = table.definition;
  const stream = table.stream ? { StreamArn: table.stream.arn } : {};
  return { physicalId: name, attributes: { Arn: arn, TableId: id, ...stream } };
}
