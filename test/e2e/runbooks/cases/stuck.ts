import { documentKeyOf } from '../../../../bin/commands/ingest/ingestion-stack';
import type { BrokenAccount } from '../broken-account';
import type { RunbookCase } from '../runbook-case';
import { hasStatus, place, stock } from './placed-orders';

/** More than an order may cost without an approval. */
const DEAR_CENTS = 200_000;

/** Lets the asks be lost that come while something is done: sent, and gone before anybody reads them. */
async function whileAsksAreLost(account: BrokenAccount, isAsked: () => Promise<unknown>): Promise<void> {
  const queue = 'ApprovalsQueueUrl';
  const UUID = await account.disableMapping('OpenRequests');
  await isAsked();
  await account.until('ask in the queue', async () => (await account.depth(queue)) > 0);
  await account.call('sqs', 'PurgeQueue', { QueueUrl: account.outputs[queue] });
  await account.call('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: true });
}

/** An order that nobody was asked about. */
export const STUCK_ORDER: RunbookCase = {
  page: 'orders-stuck',
  trouble: 'a question that was lost',
  async break(account) {
    await stock(account, 'lathe', DEAR_CENTS);
    await whileAsksAreLost(account, () => place(account, 'stuck-1', { lines: [{ sku: 'lathe', quantity: 1 }] }));
    return {
      shows: { 'stuck list': /stuck-1/ },
      isOver: () => hasStatus(account, 'stuck-1', 'OrderCompensated'),
    };
  },
};

/** An expense that nobody was asked about. */
export const STUCK_APPROVAL: RunbookCase = {
  page: 'approvals-stuck',
  trouble: 'a question that was lost',
  async break(account) {
    const requester = { name: 'Ann', email: 'ann@example.com' };
    const expense = { expenseId: 'stuck-1', amountCents: 100, currency: 'EUR', purpose: 'Tea', requester };
    const name = 'stuck-expense';
    await whileAsksAreLost(account, () =>
      account.call('states', 'StartExecution', {
        stateMachineArn: account.outputs.ExpenseMachineArn,
        name,
        input: JSON.stringify(expense),
      }),
    );
    const executionArn = account.executionArn('ExpenseMachineArn', name);
    return {
      values: { EXECUTION_ARN: executionArn },
      shows: { 'stuck list': /stuck-expense/ },
      isOver: async () => (await account.call('states', 'DescribeExecution', { executionArn })).status === 'ABORTED',
    };
  },
};

/** A new version of a document, whose execution neither its tasks nor its time limits reach any more. */
export const STUCK_DOCUMENT: RunbookCase = {
  page: 'documents-stuck',
  trouble: 'an execution that Step Functions lost',
  async break(account) {
    const Bucket = account.outputs.DocumentsBucketName;
    const Key = 'documents/acme/stuck.md';
    const queue = 'IngestReviewQueueUrl';
    const put = (Body: string) => account.call('s3', 'PutObject', { Bucket, Key, Body });
    const isLatestVisible = async () => {
      const { VersionId } = await account.call('s3', 'HeadObject', { Bucket, Key });
      const row = await account.row('DocumentsTableName', { documentKey: documentKeyOf('acme', 'stuck.md') });
      return row?.status.S === 'visible' && row.source.M.versionId.S === VersionId;
    };
    await put('# Page\n\nThe first version.');
    await account.turnUntil('first version', isLatestVisible);
    const find = account.lose('IngestMachineArn');
    await put('# Page\n\nThe second version.');
    const parked = async () => {
      await account.until('parked document', async () => (await account.depth(queue)) === 1);
      return account.messageId(queue, Key);
    };
    return {
      values: { KEY: Key, MESSAGE_ID: parked },
      shows: { 'stuck list': /silent in FetchDocuments/, 'list-executions': /RUNNING/ },
      mend: find,
      follows: ['ingest-reviews'],
      isOver: async () => (await account.depth(queue)) === 0 && isLatestVisible(),
    };
  },
};
