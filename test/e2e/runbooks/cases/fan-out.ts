import type { BrokenAccount } from '../broken-account';
import type { RunbookCase } from '../runbook-case';
import { place, stock } from './placed-orders';

const FAULTS = 'WebhookFaultsTableName';
const PARKED = 'ParkedQueueUrl';

/** Whether a target has the event that an order is confirmed. */
async function isDelivered(account: BrokenAccount, orderId: string, target: string): Promise<boolean> {
  const key = { eventId: `${orderId}:OrderConfirmed`, target };
  return (await account.row('DeliveriesTableName', key))?.status.S === 'delivered';
}

/** Whether all targets have the event of each order, and nothing is parked. */
async function isTold(account: BrokenAccount, ...orderIds: string[]): Promise<boolean> {
  for (const orderId of orderIds) {
    if (!(await isDelivered(account, orderId, 'mail'))) return false;
    if (!(await isDelivered(account, orderId, 'webhook'))) return false;
    if (!(await account.row('AnalyticsTableName', { eventId: `${orderId}:OrderConfirmed` }))) return false;
  }
  return (await account.depth(PARKED)) === 0;
}

/** The pages of the fan-out. */
export const FAN_OUT_CASES: readonly RunbookCase[] = [
  {
    page: 'parked-deliveries',
    trouble: 'a webhook that refuses an event',
    async break(account) {
      await stock(account);
      const mend = await account.fault('parked-1:OrderConfirmed', 'webhook', 'decline', FAULTS);
      await place(account, 'parked-1');
      return {
        shows: { 'dlq show': /WebhookRefused/ },
        mend,
        isOver: () => isTold(account, 'parked-1'),
      };
    },
  },
  {
    page: 'deliver-event-died',
    trouble: 'a machine that may not park',
    async break(account) {
      await stock(account);
      const mend = await account.fault('run-1:OrderConfirmed', 'webhook', 'decline', FAULTS);
      const allow = account.deny('DeliverEventStateMachine', 'sqs:SendMessage');
      await place(account, 'run-1');
      await account.turnUntil('parked event', async () => (await account.depth(PARKED)) > 0);
      return {
        shows: { 'filter-log-events': /EventUnsettled/, 'dlq show': /RunDied/ },
        mend: async () => {
          allow();
          await mend();
        },
        isOver: () => isTold(account, 'run-1'),
      };
    },
  },
  {
    page: 'webhook-breaker-open',
    trouble: 'a webhook that is down',
    async break(account) {
      await stock(account);
      const orderIds = ['down-1', 'down-2', 'down-3'];
      const mend = await account.fault('*', 'webhook', 'errorBeforeEffect', FAULTS);
      for (const orderId of orderIds) await place(account, orderId);
      // In steps of seconds: the breaker counts failures within a minute.
      const areParked = async () => (await account.depth(PARKED)) === orderIds.length;
      await account.turnUntil('parked events', areParked, 2000);
      return {
        shows: { 'dynamodb scan': /"kind":\{"S":"open"\}/, 'dlq show': /Webhook/ },
        mend,
        isOver: () => isTold(account, ...orderIds),
      };
    },
  },
  {
    page: 'check-dead-letters',
    trouble: 'a table that refuses to be read',
    async break(account) {
      await stock(account);
      const queue = 'CheckDeadLetterQueueUrl';
      const allow = account.deny('CheckDeliveries', 'dynamodb:BatchGetItem');
      await place(account, 'check-1');
      await account.turnUntil('parked check', async () => (await account.depth(queue)) > 0);
      return {
        shows: { 'dlq show': /retryable/ },
        mend: allow,
        isOver: async () => (await account.depth(queue)) === 0 && isTold(account, 'check-1'),
      };
    },
  },
  {
    page: 'oldest-check',
    trouble: 'an event source mapping that somebody disabled',
    async break(account) {
      await stock(account);
      const UUID = await account.disableMapping('CheckDeliveries');
      await place(account, 'old-check-1');
      return {
        values: { MAPPING_ID: UUID },
        shows: { 'list-event-source-mappings': /"State":"Disabled"/ },
        isOver: async () => (await account.depth('CheckQueueUrl')) === 0 && isTold(account, 'old-check-1'),
      };
    },
  },
];
