import type { RunbookCase } from '../runbook-case';
import { executionStatus, hasStatus, place, stock, stoppedOrder } from './placed-orders';

/** The dead-letter queues of orders. */
export const ORDER_DEAD_LETTER_CASES: readonly RunbookCase[] = [
  {
    page: 'order-dead-letters',
    trouble: 'an event that is no order, and orders that could not be started',
    async break(account) {
      const queue = 'OrderDeadLetterQueueUrl';
      await stock(account);
      await place(account, 'dead-poison', { lines: [] });
      await account.turnUntil('parked event', async () => (await account.depth(queue)) === 1);
      const allow = account.deny('StartOrders', 'states:StartExecution');
      await place(account, 'dead-letter');
      await account.turnUntil('parked order', async () => (await account.depth(queue)) === 2);
      return {
        values: { MESSAGE_ID: () => account.messageId(queue, 'dead-poison') },
        shows: {
          'dlq show': /poison[\s\S]*retryable|retryable[\s\S]*poison/,
          'filter-log-events': /AccessDenied/,
        },
        mend: allow,
        isOver: async () => (await account.depth(queue)) === 0 && hasStatus(account, 'dead-letter', 'OrderConfirmed'),
      };
    },
  },
  {
    page: 'recovery-dead-letters',
    trouble: 'a recovery that may start nothing',
    async break(account) {
      const queue = 'RecoveryDeadLetterQueueUrl';
      await stock(account);
      const allow = account.deny('RecoverOrders', 'states:StartExecution');
      await stoppedOrder(account, 'dead-recovery');
      await account.turnUntil('parked message', async () => (await account.depth(queue)) > 0);
      return {
        shows: {
          'dlq show': /dead-recovery[\s\S]*retryable|retryable[\s\S]*dead-recovery/,
        },
        mend: allow,
        isOver: async () =>
          (await account.depth(queue)) === 0 && hasStatus(account, 'dead-recovery', 'OrderCompensated'),
      };
    },
  },
  {
    page: 'order-event-dead-letters',
    trouble: 'a bus that refuses events',
    async break(account) {
      const queue = 'OrderEventsDeadLetterQueueUrl';
      await stock(account);
      const allow = account.deny('PublishOrderEvents', 'events:PutEvents');
      await place(account, 'dead-event');
      await account.turnUntil('parked pointer', async () => (await account.depth(queue)) > 0);
      const row = await account.row('OrdersTableName', { orderId: 'dead-event' });
      return {
        values: {
          ...{ ORDER_ID: 'dead-event', STATUS: row.status.S, UPDATED_AT: row.updatedAt.S },
          ...{ TOTAL_CENTS: row.totalCents.N, CURRENCY: row.currency.S },
        },
        shows: { 'dlq show': /pointer/, 'filter-log-events': /dead-event/, 'get-item': /OrderConfirmed/ },
        mend: allow,
        isOver: async () => {
          const delivered = { eventId: 'dead-event:OrderConfirmed', target: 'mail' };
          const row = await account.row('DeliveriesTableName', delivered);
          return (await account.depth(queue)) === 0 && row?.status.S === 'delivered';
        },
      };
    },
  },
  {
    page: 'reconciliation-dead-letters',
    trouble: 'a schedule that may not start its machine',
    async break(account) {
      const queue = 'ReconciliationDeadLetterQueueUrl';
      const allow = account.deny('ReconciliationSchedule', 'states:StartExecution');
      await account.turnUntil('parked run', async () => (await account.depth(queue)) > 0);
      return {
        shows: { 'dlq show': /pointer/ },
        mend: allow,
        isOver: async () =>
          (await account.depth(queue)) === 0 &&
          (await executionStatus(account, 'ReconciliationMachineArn')) === 'SUCCEEDED',
      };
    },
  },
];
