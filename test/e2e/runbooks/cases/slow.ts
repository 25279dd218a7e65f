import { documentKeyOf } from '../../../../bin/commands/ingest/ingestion-stack';
import type { BrokenAccount } from '../broken-account';
import { MINUTE_MS } from '../minute';
import type { RunbookCase } from '../runbook-case';
import { hasStatus, place, stock } from './placed-orders';
import { quote } from './quotes';

/** An alarm of slowness wants two of three quarters of an hour. */
const QUARTERS = [1, 2, 3];

/** In each of three quarters of an hour something begins while a function reads nothing, and ends `lateMinutes` later. */
async function lateBy(
  account: BrokenAccount,
  lateMinutes: number,
  reader: string,
  begin: (quarter: number) => Promise<unknown>,
  hasEnded: (quarter: number) => Promise<boolean>,
): Promise<void> {
  for (const quarter of QUARTERS) {
    const UUID = await account.disableMapping(reader);
    await begin(quarter);
    await account.pass(lateMinutes * MINUTE_MS);
    await account.call('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: true });
    await account.turnUntil('late end', () => hasEnded(quarter));
    if (lateMinutes < 15) await account.pass((15 - lateMinutes) * MINUTE_MS);
  }
}

/** Orders that waited before they began. */
export const SLOW_ORDERS: RunbookCase = {
  page: 'orders-slow',
  trouble: 'an intake that did not keep up',
  async break(account) {
    await stock(account);
    const hasEnded = (quarter: number) => hasStatus(account, `slow-${quarter}`, 'OrderConfirmed');
    await lateBy(account, 4, 'StartOrders', (quarter) => place(account, `slow-${quarter}`), hasEnded);
    return { isOver: () => hasEnded(1) };
  },
};

/** Events that a target has only after a replay. */
export const SLOW_DELIVERIES: RunbookCase = {
  page: 'deliveries-slow',
  trouble: 'events that were replayed',
  async break(account, desk) {
    await stock(account);
    const isParked = async () => (await account.depth('ParkedQueueUrl')) > 0;
    const isTold = async (eventId: string) =>
      (await account.row('DeliveriesTableName', { eventId, target: 'webhook' }))?.status.S === 'delivered';
    for (const quarter of QUARTERS) {
      const eventId = `slow-${quarter}:OrderConfirmed`;
      const mend = await account.fault(eventId, 'webhook', 'decline', 'WebhookFaultsTableName');
      await place(account, `slow-${quarter}`);
      await account.turnUntil('parked event', isParked);
      await account.pass(4 * MINUTE_MS);
      await mend();
      await desk.type('npm run ops -- dlq replay ParkedQueue', {});
      await account.turnUntil('late delivery', () => isTold(eventId));
      await account.pass(10 * MINUTE_MS);
    }
    return { isOver: () => isTold('slow-1:OrderConfirmed') };
  },
};

/** Documents that waited before they began. */
export const SLOW_DOCUMENTS: RunbookCase = {
  page: 'documents-slow',
  trouble: 'an intake that did not keep up',
  async break(account) {
    const Bucket = account.outputs.DocumentsBucketName;
    const upload = (quarter: number) =>
      account.call('s3', 'PutObject', { Bucket, Key: `documents/acme/slow-${quarter}.md`, Body: `# Slow ${quarter}` });
    const hasEnded = async (quarter: number) => {
      const documentKey = documentKeyOf('acme', `slow-${quarter}.md`);
      return (await account.row('DocumentsTableName', { documentKey }))?.status.S === 'visible';
    };
    await lateBy(account, 16, 'StartIngestion', upload, hasEnded);
    return { isOver: () => hasEnded(1) };
  },
};

/** Quotes that are made, but late: nobody is refused. */
export const SLOW_QUOTES: RunbookCase = {
  page: 'quotes-slow',
  trouble: 'a carrier that answers late',
  async break(account) {
    await stock(account);
    const table = 'FaultsTableName';
    // Two attempts run into the carrier's deadline of two seconds, the third just does not.
    const mend = await account.fault('*', 'estimateDelivery', 'slow', table, { delayMilliseconds: 1_500 });
    for (const _ of QUARTERS) {
      await account.fault('DE', 'estimateDelivery', 'timeoutAfterEffect', table, { remaining: 2 });
      expect(await quote(account)).toBe(200);
      await account.pass(15 * MINUTE_MS);
    }
    return {
      shows: { REQUEST_QUOTE: /platform\.report/, WORKFLOW_QUOTE: /CarrierTimedOut/ },
      mend,
      isOver: async () => (await quote(account)) === 200,
    };
  },
};
