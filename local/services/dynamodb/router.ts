/** Owns the wiring of the service: its store, its actions with their metrics, its CloudFormation resources. */
import type { Host } from '../../wire/host';
import type { Action, Service } from '../../wire/service';
import { batchGetItem } from './actions/batch-get-item';
import { batchWriteItem } from './actions/batch-write-item';
import { describeContinuousBackups, updateContinuousBackups } from './actions/continuous-backups';
import { createTable } from './actions/create-table';
import { deleteItem } from './actions/delete-item';
import { deleteTable } from './actions/delete-table';
import { describeLimits } from './actions/describe-limits';
import { describeStream } from './actions/describe-stream';
import { describeTable } from './actions/describe-table';
import { getItem } from './actions/get-item';
import { getRecords } from './actions/get-records';
import { getShardIterator } from './actions/get-shard-iterator';
import { listBackups } from './actions/list-backups';
import { listStreams } from './actions/list-streams';
import { listTables } from './actions/list-tables';
import { putItem } from './actions/put-item';
import { query } from './actions/query';
import { listTagsOfResource, tagResource, untagResource } from './actions/resource-tags';
import { scan } from './actions/scan';
import { describeTimeToLive, updateTimeToLive } from './actions/time-to-live';
import { transactGetItems } from './actions/transact-get-items';
import { transactWriteItems } from './actions/transact-write-items';
import { updateItem } from './actions/update-item';
import { updateTable } from './actions/update-table';
import { OngoingTransactions } from './ongoing-transactions';
import { measured, recordConsumption } from './request-metrics';
import { tableProviders } from './resources';
import type { ServiceContext } from './service-context';
import { DynamoDbStore } from './store';

/** How the service behaves where AWS leaves it open. */
export interface DynamoDbSettings {
  /**
   * How long a transaction holds its items between its checks and its commit; two that meet in that time conflict.
   * Zero commits within the call.
   * @default 3
   */
  readonly transactionMilliseconds?: number;
}

const TRANSACTION_MS = 3;
const ERROR_NAMESPACE = 'com.amazonaws.dynamodb.v20120810#';

/** DynamoDB and DynamoDB Streams: one service, which answers to both targets on the wire. */
export function createDynamoDbService(host: Host, settings: DynamoDbSettings = {}): Service {
  const store = new DynamoDbStore(host.kernel, host.region, host.journal);
  const context: ServiceContext = {
    host,
    store,
    arns: { region: host.region, accountId: host.accountId },
    transactions: new OngoingTransactions(host.kernel.clock, settings.transactionMilliseconds ?? TRANSACTION_MS),
    consumed: (kind, consumptions) => recordConsumption(host, kind, consumptions),
  };
  const data: Record<string, Action> = {
    GetItem: getItem(context),
    PutItem: putItem(context),
    UpdateItem: updateItem(context),
    DeleteItem: deleteItem(context),
    Query: query(context),
    Scan: scan(context),
    BatchGetItem: batchGetItem(context),
    BatchWriteItem: batchWriteItem(context),
    TransactGetItems: transactGetItems(context),
    TransactWriteItems: transactWriteItems(context),
  };
  const withMetrics = Object.entries(data).map(([name, action]) => [name, measured(context, name, action)]);
  return {
    name: 'dynamodb',
    protocols: [
      { kind: 'json', version: '1.0', target: 'DynamoDB_20120810', errorNamespace: ERROR_NAMESPACE },
      { kind: 'json', version: '1.0', target: 'DynamoDBStreams_20120810', errorNamespace: ERROR_NAMESPACE },
    ],
    actions: {
      ...Object.fromEntries(withMetrics),
      CreateTable: createTable(context),
      UpdateTable: updateTable(context),
      DeleteTable: deleteTable(context),
      DescribeTable: describeTable(context),
      ListTables: listTables(context),
      DescribeLimits: describeLimits(context),
      ListBackups: listBackups(context),
      UpdateTimeToLive: updateTimeToLive(context),
      DescribeTimeToLive: describeTimeToLive(context),
      DescribeContinuousBackups: describeContinuousBackups(context),
      UpdateContinuousBackups: updateContinuousBackups(context),
      TagResource: tagResource(context),
      UntagResource: untagResource(context),
      ListTagsOfResource: listTagsOfResource(context),
      ListStreams: listStreams(context),
      DescribeStream: describeStream(context),
      GetShardIterator: getShardIterator(context),
      GetRecords: getRecords(context),
    },
    resources: tableProviders(context),
    resourcePolicy: (arn) => store.find(/:table\/([^/]+)/.exec(arn)?.[1] ?? '')?.definition.resourcePolicy,
    stop: async () => store.close(),
  };
}
