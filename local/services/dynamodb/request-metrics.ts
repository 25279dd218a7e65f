/**
 * Owns the service's own metrics. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 * The namespace and dimensions are AWS's; `SuccessfulRequestLatency` has one sample for each successful request.
 */
import { AwsError } from '../../wire/aws-error';
import type { Host } from '../../wire/host';
import type { Action } from '../../wire/service';
import type { Consumption } from './capacity';
import type { CancellationReason } from './faults';
import type { ServiceContext } from './service-context';

const NAMESPACE = 'AWS/DynamoDB';
/** Refusals that have metrics of their own; the others count as errors of the user. */
const OF_TABLES: ReadonlySet<string> = new Set([
  'ConditionalCheckFailedException',
  'TransactionCanceledException',
  'TransactionConflictException',
]);

/** The action with its metrics: latency of successes, failed conditions, conflicts. Transactions that are due are carried out before it. */
export function measured(context: ServiceContext, operation: string, action: Action): Action {
  const { host, transactions } = context;
  const handle: Action['handle'] = (input, call) => {
    transactions.carryOutDue();
    const startedAtMs = host.kernel.clock.now();
    try {
      const output = action.handle(input, call);
      if (!(output instanceof Promise)) {
        recordSuccess(host, operation, input, startedAtMs);
        return output;
      }
      return output.then(
        (value) => {
          recordSuccess(host, operation, input, startedAtMs);
          return value;
        },
        (error) => {
          recordFailure(host, input, error);
          throw error;
        },
      );
    } catch (error) {
      recordFailure(host, input, error);
      throw error;
    }
  };
  return action.access ? { access: action.access.bind(action), handle } : { handle };
}

/** Adds consumed units, tables and global indexes apart as CloudWatch has them. */
export function recordConsumption(host: Host, kind: 'Read' | 'Write', consumptions: readonly Consumption[]): void {
  const name = `Consumed${kind}CapacityUnits`;
  for (const { tableName, tableUnits, indexes } of consumptions) {
    let units = tableUnits;
    for (const index of indexes) {
      if (!index.isGlobal) units += index.units;
      else {
        const dimensions = { TableName: tableName, GlobalSecondaryIndexName: index.name };
        host.metric(NAMESPACE, name, dimensions, index.units, 'Count');
      }
    }
    if (units > 0) host.metric(NAMESPACE, name, { TableName: tableName }, units, 'Count');
  }
}

function recordSuccess(host: Host, operation: string, input: RequestTables, startedAtMs: number): void {
  const elapsedMs = host.kernel.clock.now() - startedAtMs;
  for (const TableName of tableNames(input)) {
    const dimensions = { TableName, Operation: operation };
    host.metric(NAMESPACE, 'SuccessfulRequestLatency', dimensions, elapsedMs, 'Milliseconds');
  }
}

function recordFailure(host: Host, input: RequestTables, error: unknown): void {
  if (!(error instanceof AwsError)) return;
  const record = (name: string, TableName: string) => host.metric(NAMESPACE, name, { TableName }, 1, 'Count');
  if (error.code === 'ConditionalCheckFailedException')
    record('ConditionalCheckFailedRequests', plain(input.TableName));
  if (error.code === 'TransactionConflictException') record('TransactionConflict', plain(input.TableName));
  if (error.statusCode === 400 && !OF_TABLES.has(error.code)) host.metric(NAMESPACE, 'UserErrors', {}, 1, 'Count');
  if (error.code !== 'TransactionCanceledException') return;
  for (const [i, reason] of (error.details.CancellationReasons as CancellationReason[]).entries()) {
    const TableName = plain(Object.values(input.TransactItems?.[i] ?? {})[0]?.TableName);
    if (reason.Code === 'ConditionalCheckFailed') record('ConditionalCheckFailedRequests', TableName);
    if (reason.Code === 'TransactionConflict') record('TransactionConflict', TableName);
  }
}

interface RequestTables {
  readonly TableName?: string;
  readonly RequestItems?: object;
  readonly TransactItems?: readonly Record<string, { TableName?: string }>[];
}

function tableNames({ TableName, RequestItems, TransactItems }: RequestTables): Iterable<string> {
  if (TableName !== undefined) return [plain(TableName)];
  if (RequestItems) return Object.keys(RequestItems).map(plain);
  return new Set((TransactItems ?? []).map((item) => plain(Object.values(item)[0]?.TableName)));
}

function plain(name: string | undefined): string {
  return String(name).replace(/^arn:.*:table\//, '');
}
