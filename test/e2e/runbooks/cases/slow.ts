import { documentKeyOf } from '../../../../bin/commands/ingest/ingestion-stack';
import type { BrokenAccount } from '../broken-account';
import { MINUTE_MS } from '../minute';
import type { RunbookCase } from '../runbook-case';
import { hasStatus, place, stock } from './placed-orders';

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
