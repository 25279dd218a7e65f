import { RemovalPolicy } from 'aws-cdk-lib';
import { type Attribute, Billing, ProjectionType, type StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';

/** What becomes of a table's items: the stage decides. */
export interface DataProtection {
  /** What becomes of the table when the stack is deleted. */
  readonly onDelete: 'retain' | 'destroy';
  readonly hasDeletionProtection: boolean;
  readonly hasPointInTimeRecovery: boolean;
}

/** Another order in which to find items. It holds keys alone: whoever finds an item there reads it from the table. */
export interface KeyIndex {
  readonly partitionKey: Attribute;
  readonly sortKey: Attribute;
}

/** What a table is made of. */
export interface DataTableProps {
  readonly partitionKey: Attribute;
  /** @default - none */
  readonly sortKey?: Attribute;
  readonly protection: DataProtection;
  /** @default - no stream */
  readonly stream?: StreamViewType;
  /** @default - items do not expire */
  readonly timeToLiveAttribute?: string;
  /** Global indexes by name. @default - none */
  readonly indexes?: Readonly<Record<string, KeyIndex>>;
}

/** A table billed per request, encrypted with a key of DynamoDB, without a physical name so that it can be retained. */
export class DataTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, props: DataTableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: props.partitionKey,
      sortKey: props.sortKey,
      billing: Billing.onDemand(),
      dynamoStream: props.stream,
      timeToLiveAttribute: props.timeToLiveAttribute,
      globalSecondaryIndexes: Object.entries(props.indexes ?? {}).map(([indexName, index]) => ({
        indexName,
        ...index,
        projectionType: ProjectionType.KEYS_ONLY,
      })),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: props.protection.hasPointInTimeRecovery },
      deletionProtection: props.protection.hasDeletionProtection,
      removalPolicy: props.protection.onDelete === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }

  /** The name, for the environment of functions and the definitions of workflows. */
  get name(): string {
    return this.table.tableName;
  }

  /** The ARN, for exact grants. */
  get arn(): string {
    return this.table.tableArn;
  }

  /** The ARN of one of its indexes, for exact grants. */
  indexArn(indexName: string): string {
    return `${this.arn}/index/${indexName}`;
  }
}
