import { MINUTE_MS } from '../minute';
import type { RunbookCase } from '../runbook-case';
import { executionStatus, hasStatus, paidOrder, place, stock, stoppedOrder } from './placed-orders';

const HALF_HOUR_MS = 30 * MINUTE_MS;

/** The pages of orders that wait, die, or were forgotten. */
export const ORDER_CASES: readonly RunbookCase[] = [
  {
    page: 'oldest-order',
    trouble: 'an intake that somebody paused',
    async break(account, desk) {
      await stock(account);
      await desk.type('npm run ops -- pause orders', {});
      await place(account, 'oldest-1');
      return {
        shows: { 'ops -- intake': /orders.*paused/, 'readiness --stage incident': /intakes-open/ },
        isOver: () => hasStatus(account, 'oldest-1', 'OrderConfirmed'),
      };
    },
  },
  {
    page: 'orders-died',
    trouble: 'an execution that somebody stopped',
    async break(account) {
      await stock(account);
      const executionArn = await stoppedOrder(account, 'died-1');
      return {
        values: { EXECUTION_ARN: executionArn },
        shows: { 'status-filter ABORTED': /died-1/, 'describe-execution': /ABORTED/, 'versions list': /orders-saga/ },
        isOver: () => hasStatus(account, 'died-1', 'OrderCompensated'),
      };
    },
  },
  {
    page: 'reviews',
    trouble: 'a refund that the provider refuses',
    async break(account) {
      await stock(account);
      const refuses = await account.fault('review-1', 'refund', 'decline');
      const isOut = await account.fault('review-1', 'book', 'decline');
      await place(account, 'review-1');
      await account.turnUntil('order in review', () => hasStatus(account, 'review-1', 'OrderNeedsReview'));
      return {
        values: {
          ORDER_ID: 'review-1',
          EXECUTION_ARN: account.executionArn('OrdersMachineArn', 'review-1'),
          NOW: new Date(account.clock.now()).toISOString(),
        },
        shows: { 'dlq show': /review-1/, 'get-execution-history': /RefundRefused/ },
        mend: async () => {
          await refuses();
          await isOut();
        },
        isOver: async () =>
          (await hasStatus(account, 'review-1', 'OrderCompensated')) &&
          (await account.row('PaymentsTableName', { paymentKey: 'review-1' }))?.state.S === 'refunded' &&
          (await account.depth('ReviewQueueUrl')) === 0,
      };
    },
  },
  {
    page: 'undo-died',
    trouble: 'an undo that the provider refuses',
    async break(account) {
      await stock(account);
      const refuses = await account.fault('undo-1', 'refund', 'decline');
      await stoppedOrder(account, 'undo-1');
      await account.turnUntil('order in review', () => hasStatus(account, 'undo-1', 'OrderNeedsReview'));
      return {
        values: {
          ORDER_ID: 'undo-1',
          EXECUTION_ARN: account.executionArn('UndoMachineArn', 'undo-1.undo1'),
          NOW: new Date(account.clock.now()).toISOString(),
        },
        shows: { 'list-executions': /undo-1\.undo1/, 'dlq show': /RefundRefused/ },
        mend: refuses,
        follows: ['reviews'],
        isOver: async () =>
          (await hasStatus(account, 'undo-1', 'OrderCompensated')) && (await account.depth('ReviewQueueUrl')) === 0,
      };
    },
  },
  {
    page: 'orders-orphaned',
    trouble: 'a rule that somebody disabled',
    async break(account) {
      await stock(account);
      const Name = account.physicalId('AWS::Events::Rule', 'OrderDied');
      await account.call('events', 'DisableRule', { Name });
      await stoppedOrder(account, 'orphan-1');
      const isEnabled = async () => (await account.call('events', 'DescribeRule', { Name })).State === 'ENABLED';
      return {
        shows: { 'filter-log-events': /orphan-1/, ORDER_DIED_RULE: /DISABLED/, ORDER_PLACED_RULE: /ENABLED/ },
        isOver: async () => (await isEnabled()) && hasStatus(account, 'orphan-1', 'OrderCompensated'),
      };
    },
  },
  {
    page: 'money-mismatched',
    trouble: 'a charge that somebody changed',
    async break(account) {
      await stock(account);
      await paidOrder(account, 'money-1');
      const charge = (cents: number) =>
        account.call('dynamodb', 'UpdateItem', {
          TableName: account.outputs.PaymentsTableName,
          Key: { paymentKey: { S: 'money-1' } },
          UpdateExpression: 'SET amountCents = :cents',
          ExpressionAttributeValues: { ':cents': { N: String(cents) } },
        });
      await charge(777);
      return {
        shows: { 'dlq show': /AmountDiffers/ },
        mend: async () => void (await charge(100)),
        isOver: async () => (await account.depth('ReviewQueueUrl')) === 0,
      };
    },
  },
  {
    page: 'reconciliation-stopped',
    trouble: 'a schedule that somebody disabled',
    stepMs: HALF_HOUR_MS,
    async break(account) {
      const enable = await account.disableSchedule('Reconciliation');
      return {
        shows: { 'list-executions': /orders-reconciliation/, 'get-schedule': /DISABLED/ },
        mend: enable,
        isOver: async () => (await executionStatus(account, 'ReconciliationMachineArn')) === 'SUCCEEDED',
      };
    },
  },
];
