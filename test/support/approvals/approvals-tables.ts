import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Sender } from '../../../lambdas/shared/aws/sender';
import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createDynamoDbService } from '../../../local/services/dynamodb/router';
import { AwsError } from '../../../local/wire/aws-error';
import { Gateway } from '../../../local/wire/gateway';

/** The names of the two tables. */
export const APPROVALS_TABLES = { approvalsTable: 'approvals', auditTable: 'approval-audit' };

/** An embedded DynamoDB in this process with the two tables of approvals, empty. */
export async function createApprovalsTables(): Promise<Sender> {
  const gateway = new Gateway({ kernel: { clock: new SimulatedClock(), random: new SeededRandom(1) } });
  gateway.register(createDynamoDbService(gateway, { transactionMilliseconds: 0 }));
  const administrator = gateway.identify('test');
  const call = (operation: string, input: object) => gateway.call(administrator, 'dynamodb', operation, input);
  const keys = (HASH: string, RANGE: string) => [
    { AttributeName: HASH, KeyType: 'HASH' },
    { AttributeName: RANGE, KeyType: 'RANGE' },
  ];
  const index = (IndexName: string, HASH: string, RANGE: string) => ({
    IndexName,
    KeySchema: keys(HASH, RANGE),
    Projection: { ProjectionType: 'KEYS_ONLY' },
  });
  const attributes = (types: Record<string, string>) =>
    Object.entries(types).map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
  await call('CreateTable', {
    TableName: APPROVALS_TABLES.approvalsTable,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keys('pk', 'sk'),
    AttributeDefinitions: attributes({ pk: 'S', sk: 'S', status: 'S', openedAt: 'N', dueQueue: 'S', dueAt: 'N' }),
    GlobalSecondaryIndexes: [index('by-status', 'status', 'openedAt'), index('due', 'dueQueue', 'dueAt')],
  });
  await call('CreateTable', {
    TableName: APPROVALS_TABLES.auditTable,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keys('requestId', 'seq'),
    AttributeDefinitions: attributes({ requestId: 'S', seq: 'N' }),
  });
  return {
    send: (command) =>
      call(command.constructor.name.replace(/Command$/, ''), command.input).catch((error) => {
        throw asSdkError(error);
      }),
  };
}

/** The error as the SDK's client would raise it. */
function asSdkError(error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  const { code, message, details } = error;
  const shape = { message, $metadata: {}, ...details } as any;
  if (code === 'ConditionalCheckFailedException') return new ConditionalCheckFailedException(shape);
  if (code === 'TransactionCanceledException') return new TransactionCanceledException(shape);
  return Object.assign(new Error(message), { name: code });
}
