import { documentKeyOf } from '../../../../bin/commands/ingest/ingestion-stack';
import type { BrokenAccount } from '../broken-account';
import { MINUTE_MS } from '../minute';
import type { OperatorDesk } from '../operator-desk';
import type { RunbookCase, Trouble } from '../runbook-case';
import { executionStatus } from './placed-orders';

const TENANT = 'acme';
const keyOf = (path: string) => `documents/${TENANT}/${path}`;

/** Puts an object into the bucket of documents. */
const put = (account: BrokenAccount, Key: string, Body = `# Page\n\nWhat ${Key} says.`) =>
  account.call('s3', 'PutObject', { Bucket: account.outputs.DocumentsBucketName, Key, Body });

/** Whether a document can be found. */
async function isVisible(account: BrokenAccount, path: string): Promise<boolean> {
  const row = await account.row('DocumentsTableName', { documentKey: documentKeyOf(TENANT, path) });
  return row?.status.S === 'visible';
}

/** A document whose vectors S3 Vectors refuses. */
async function breakDocument(account: BrokenAccount, path: string): Promise<Trouble> {
  const queue = 'IngestReviewQueueUrl';
  const allow = account.deny('WorkflowsStagesUpsertDocuments', 's3vectors:PutVectors');
  await put(account, keyOf(path));
  await account.turnUntil('parked document', async () => (await account.depth(queue)) > 0);
  return {
    values: { KEY: keyOf(path), TENANT },
    shows: { 'dlq show': /UpsertDocuments/, 'list-executions': /FAILED/ },
    mend: allow,
    isOver: async () => (await account.depth(queue)) === 0 && isVisible(account, path),
  };
}

/** A load whose manifest could not be read. */
async function breakLoad(account: BrokenAccount, desk: OperatorDesk): Promise<Trouble> {
  const queue = 'IngestReviewQueueUrl';
  const allow = account.deny('PlanLoad', 's3:GetObject');
  const file = desk.write('loaded.md', '# Loaded\n\nWhat was loaded.');
  const loading = desk.type(`npm run ingest -- ${file} --bulk-above 0 --tenant ${TENANT}`, {});
  await account.turnUntil(
    'load that died',
    async () => (await executionStatus(account, 'LoadMachineArn')) === 'FAILED',
  );
  const stateMachineArn = account.outputs.LoadMachineArn;
  const [{ name }] = (await account.call('states', 'ListExecutions', { stateMachineArn })).executions;
  await loading;
  return {
    values: { LOAD_ID: name },
    shows: { 'list-executions': /FAILED/, 'dlq show': /PlanLoad/ },
    mend: allow,
    isOver: async () => (await account.depth(queue)) === 0 && isVisible(account, 'loaded.md'),
  };
}

/** The pages of ingestion. */
export const INGESTION_CASES: readonly RunbookCase[] = [
  {
    page: 'oldest-document',
    trouble: 'an intake that somebody paused',
    async break(account, desk) {
      await desk.type('npm run ops -- pause documents', {});
      await put(account, keyOf('waits.md'));
      return {
        shows: { 'ops -- intake': /documents.*paused/ },
        isOver: () => isVisible(account, 'waits.md'),
      };
    },
  },
  {
    page: 'ingest-reviews',
    trouble: 'an index that refuses vectors',
    break: (account) => breakDocument(account, 'review.md'),
  },
  {
    page: 'document-died',
    trouble: 'an index that refuses vectors',
    break: async (account) => ({ ...(await breakDocument(account, 'died.md')), follows: ['ingest-reviews'] }),
  },
  { page: 'load-died', trouble: 'a bucket that refuses to be read', break: breakLoad },
  {
    page: 'ingest-dead-letters',
    trouble: 'an object without a tenant, and one whose ingestion may not begin',
    async break(account) {
      const queue = 'IngestDeadLetterQueueUrl';
      await put(account, 'documents/orphan.md');
      await account.turnUntil('parked object', async () => (await account.depth(queue)) === 1);
      const allow = account.deny('StartIngestion', 'states:StartExecution');
      await put(account, keyOf('late.md'));
      await account.turnUntil('second parked object', async () => (await account.depth(queue)) === 2);
      return {
        values: { MESSAGE_ID: () => account.messageId(queue, 'documents/orphan.md') },
        shows: { 'dlq show': /poison[\s\S]*retryable|retryable[\s\S]*poison/ },
        mend: allow,
        isOver: async () => (await account.depth(queue)) === 0 && isVisible(account, 'late.md'),
      };
    },
  },
  {
    page: 'sweep-dead-letters',
    trouble: 'a schedule that may not invoke',
    async break(account) {
      const queue = 'IngestSweepDeadLetterQueueUrl';
      const allow = account.deny('UpkeepSweep', 'lambda:InvokeFunction');
      await account.turnUntil('parked sweep', async () => (await account.depth(queue)) > 0);
      return {
        shows: { 'dlq show': /AccessDenied|not authorized/ },
        mend: allow,
        isOver: async () => (await account.depth(queue)) === 0,
      };
    },
  },
  {
    page: 'document-sweep-fails',
    trouble: 'a table that refuses to be read',
    stepMs: 20 * MINUTE_MS,
    async break(account) {
      const allow = account.deny('SweepDocuments', 'dynamodb:Query');
      return {
        shows: { 'filter-log-events': /AccessDenied|not authorized/ },
        mend: allow,
        isOver: async () => (await account.depth('IngestSweepDeadLetterQueueUrl')) === 0,
      };
    },
  },
];
