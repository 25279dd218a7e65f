import { documentKeyOf } from '../../../../bin/commands/ingest/ingestion-stack';
import type { BrokenAccount } from '../broken-account';
import { MINUTE_MS } from '../minute';
import type { RunbookCase, Trouble } from '../runbook-case';
import { place, stock } from './placed-orders';
import { quote } from './quotes';

/** More than the stages let pass within five minutes. */
const SIX = [1, 2, 3, 4, 5, 6];
/** So many that their retries are a storm, minute by minute. */
const MANY = 20;
const TEN_MINUTES_MS = 10 * MINUTE_MS;
const BOUNCING = 'bounce@simulator.amazonses.com';

/** Orders whose shipments a carrier that is out cannot book: all are compensated. */
async function breakOrders(account: BrokenAccount, name: string, count = SIX.length): Promise<Trouble> {
  await stock(account);
  const mend = await account.fault('*', 'book', 'errorBeforeEffect');
  const orderIds = Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
  for (const orderId of orderIds) await place(account, orderId);
  return {
    shows: { PUBLISH_ORDER_EVENTS: new RegExp(`${name}-1`), SHIP_ORDER: /CarrierUnavailable|errorName/ },
    mend,
    isOver: async () => {
      for (const orderId of orderIds) {
        // What was still tried again when the carrier came back is confirmed.
        const status = (await account.row('OrdersTableName', { orderId }))?.status.S;
        account.note = `${orderId} is ${status}`;
        if (status !== 'OrderCompensated' && status !== 'OrderConfirmed') return false;
      }
      return true;
    },
  };
}

/** The same, seen as a storm of tasks that are tried again; somebody stops an execution besides. */
export const TASK_STORM: RunbookCase = {
  page: 'task-storm',
  trouble: 'a carrier that is out',
  async break(account) {
    const { executionArn } = await account.approvals.ask();
    return { ...(await breakOrders(account, 'storm', MANY)), values: { EXECUTION_ARN: executionArn }, shows: {} };
  },
};

/** Requests that reach nobody. */
async function breakApprovals(account: BrokenAccount): Promise<Trouble> {
  const asked = await Promise.all(SIX.map(() => account.approvals.ask({ approvers: [BOUNCING] })));
  return {
    shows: { 'approvals -- list': new RegExp(asked[0]!.requestId) },
    // What is asked again reaches somebody.
    mend: async () => {
      for (const { executionArn } of asked) await account.call('states', 'StopExecution', { executionArn });
    },
    isOver: async () => (await account.approvals.invite()).requestId !== '',
  };
}

/** Events that the webhook refuses. */
async function breakDeliveries(account: BrokenAccount, name: string): Promise<Trouble> {
  await stock(account);
  const mend = await account.fault('*', 'webhook', 'decline', 'WebhookFaultsTableName');
  for (const number of SIX) await place(account, `${name}-${number}`);
  return {
    shows: { 'dlq show': /WebhookRefused/ },
    mend,
    isOver: async () => (await account.depth('ParkedQueueUrl')) === 0,
  };
}

/** Documents whose vectors are refused. */
async function breakDocuments(account: BrokenAccount, name: string): Promise<Trouble> {
  const allow = account.deny('WorkflowsStagesUpsertDocuments', 's3vectors:PutVectors');
  const Bucket = account.outputs.DocumentsBucketName;
  const upload = async () => {
    for (const number of SIX) {
      const path = `${name}-${number}.md`;
      await account.call('s3', 'PutObject', { Bucket, Key: `documents/acme/${path}`, Body: `# ${path}\n\nA page.` });
    }
  };
  await upload();
  return {
    shows: { 'dlq show': /UpsertDocuments/, 'list-executions': /FAILED/ },
    mend: async () => {
      allow();
      await upload();
    },
    isOver: async () => {
      for (const number of SIX) {
        const documentKey = documentKeyOf('acme', `${name}-${number}.md`);
        if ((await account.row('DocumentsTableName', { documentKey }))?.status.S !== 'visible') return false;
      }
      return true;
    },
  };
}

/** Quotes while the catalogue cannot be read. */
async function breakQuotes(account: BrokenAccount): Promise<Trouble> {
  await stock(account);
  const allow = account.deny('QuoteStateMachine', 'dynamodb:BatchGetItem');
  for (const _ of SIX) await quote(account);
  return {
    shows: { 'filter-log-events': /DynamoDb/ },
    mend: allow,
    isOver: async () => (await quote(account)) === 200,
  };
}

/** Customers notice: budgets burn within minutes. */
export const FAILING_CASES = {
  orders: {
    page: 'orders-failing',
    trouble: 'a carrier that is out',
    break: (account: BrokenAccount) => breakOrders(account, 'failing'),
  },
  approvals: { page: 'approvals-failing', trouble: 'addresses that bounce', break: breakApprovals },
  'fan-out': {
    page: 'deliveries-failing',
    trouble: 'a webhook that refuses events',
    break: (account: BrokenAccount) => breakDeliveries(account, 'failing'),
  },
  ingestion: {
    page: 'documents-failing',
    trouble: 'an index that refuses vectors',
    break: (account: BrokenAccount) => breakDocuments(account, 'failing'),
  },
  quotes: { page: 'quotes-failing', trouble: 'a catalogue that refuses to be read', break: breakQuotes },
} satisfies Record<string, RunbookCase>;

/** The same troubles, seen over days. */
export const BURNING_CASES = {
  orders: {
    page: 'orders-burning',
    trouble: 'a carrier that was out',
    stepMs: TEN_MINUTES_MS,
    break: (account: BrokenAccount) => breakOrders(account, 'burning'),
  },
  approvals: {
    page: 'approvals-burning',
    trouble: 'addresses that bounced',
    stepMs: TEN_MINUTES_MS,
    break: breakApprovals,
  },
  'fan-out': {
    page: 'deliveries-burning',
    trouble: 'a webhook that refused events',
    stepMs: TEN_MINUTES_MS,
    // The page sends whoever has read it to the page of the failures.
    break: async (account: BrokenAccount) => ({
      ...(await breakDeliveries(account, 'burning')),
      follows: ['deliveries-failing'],
    }),
  },
  ingestion: {
    page: 'documents-burning',
    trouble: 'an index that refused vectors',
    stepMs: TEN_MINUTES_MS,
    break: (account: BrokenAccount) => breakDocuments(account, 'burning'),
  },
  quotes: {
    page: 'quotes-burning',
    trouble: 'a catalogue that was refused',
    stepMs: TEN_MINUTES_MS,
    break: breakQuotes,
  },
} satisfies Record<string, RunbookCase>;
