import { readStackOutputs } from './stack-outputs';

/** The outputs of the orders stack that a client needs; the names are those of the template's `Outputs`. */
export interface OrdersOutputs {
  readonly Region: string;
  readonly Stage: string;
  readonly OrdersApiUrl: string;
  readonly OrderBusName: string;
  readonly OrdersMachineArn: string;
  readonly UndoMachineArn: string;
  readonly OrdersTableName: string;
  readonly StockTableName: string;
  readonly IdempotencyTableName?: string;
  readonly PaymentsTableName?: string;
  readonly ShipmentsTableName?: string;
  readonly FaultsTableName?: string;
  readonly OrderQueueUrl: string;
  readonly OrderDeadLetterQueueUrl: string;
  readonly ReviewQueueUrl: string;
  readonly OrderEventsProbeQueueUrl?: string;
}

const REQUIRED = [
  'Region',
  'OrdersApiUrl',
  'OrderBusName',
  'OrdersMachineArn',
  'UndoMachineArn',
  'OrdersTableName',
  'StockTableName',
  'OrderQueueUrl',
  'OrderDeadLetterQueueUrl',
  'ReviewQueueUrl',
] as const;

/** The outputs of the orders stack in a file of `cdk deploy --outputs-file`. Throws an Error that names what is missing. */
export function readOrdersOutputs(file: string): OrdersOutputs {
  return readStackOutputs(file, 'OrdersMachineArn', REQUIRED) as unknown as OrdersOutputs;
}

/** The outputs of the fan-out stack that a client needs. */
export interface FanOutOutputs {
  readonly DeliveriesTableName: string;
  readonly AnalyticsTableName: string;
  readonly ReceivedWebhooksTableName?: string;
}

/** The outputs of the fan-out stack in a file of `cdk deploy --outputs-file`. Throws an Error that names what is missing. */
export function readFanOutOutputs(file: string): FanOutOutputs {
  return readStackOutputs(file, 'DeliveriesTableName', ['DeliveriesTableName', 'AnalyticsTableName']);
}

/** The outputs of the quotes stack that a client needs. */
export interface QuotesOutputs {
  readonly Region: string;
  readonly QuotesApiUrl: string;
  readonly QuotesMachineArn: string;
}

/** The outputs of the quotes stack in a file of `cdk deploy --outputs-file`. Throws an Error that names what is missing. */
export function readQuotesOutputs(file: string): QuotesOutputs {
  return readStackOutputs(file, 'QuotesApiUrl', ['Region', 'QuotesApiUrl', 'QuotesMachineArn']);
}

/** The outputs of the approvals stack that a client needs. */
export interface ApprovalsOutputs {
  readonly Region: string;
  readonly ApprovalsApiUrl: string;
  readonly ApprovalsTableName: string;
  readonly ApprovalAuditTableName: string;
}

/** The outputs of the approvals stack in a file of `cdk deploy --outputs-file`. Throws an Error that names what is missing. */
export function readApprovalsOutputs(file: string): ApprovalsOutputs {
  return readStackOutputs(file, 'ApprovalsApiUrl', [
    'Region',
    'ApprovalsApiUrl',
    'ApprovalsTableName',
    'ApprovalAuditTableName',
  ]);
}

/** The outputs of the ingestion stack that a client needs. */
export interface IngestionOutputs {
  readonly Region: string;
  readonly DocumentsBucketName: string;
  readonly WorkBucketName: string;
  readonly IngestMachineArn: string;
  readonly LoadMachineArn: string;
  /** What a bulk load is started by. */
  readonly LoadAliasArn: string;
  readonly DocumentsTableName: string;
  readonly IngestQueueUrl: string;
  readonly SearchApiUrl: string;
  readonly VectorBucketName: string;
  readonly VectorIndexName: string;
}

/** The outputs of the ingestion stack in a file of `cdk deploy --outputs-file`. Throws an Error that names what is missing. */
export function readIngestionOutputs(file: string): IngestionOutputs {
  return readStackOutputs(file, 'IngestMachineArn', [
    'Region',
    'DocumentsBucketName',
    'WorkBucketName',
    'IngestMachineArn',
    'LoadMachineArn',
    'LoadAliasArn',
    'DocumentsTableName',
    'IngestQueueUrl',
    'SearchApiUrl',
    'VectorBucketName',
    'VectorIndexName',
  ]);
}
