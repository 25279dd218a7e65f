import { signedFetch } from '../../../../bin/commands/signed-fetch';
import { changedAssembly } from '../../../support/changed-assembly';
import type { BrokenAccount } from '../broken-account';
import { MINUTE_MS } from '../minute';
import type { RunbookCase } from '../runbook-case';
import { hasStatus, place, stock, stoppedOrder } from './placed-orders';

const HOUR_MS = 60 * MINUTE_MS;
const THREE_DAYS_MS = 72 * HOUR_MS;
/** More than alarms let pass within five minutes. */
const CALLS = 12;
const NOT_FOUND = 404;
/** Orders at once that no month's budget allows for. */
const FLOOD = 400;
/** Orders of three hours. */
const UNPLANNED = 36;
/** A third of what a month of such hours costs, and four times what a month without orders does. */
const SMALL_BUDGET_DOLLARS = 0.4;
/** It opens nothing: an access key of nobody, as it might stand in a log. */
const SECRET = `AKIA${'A'.repeat(16)}`;

/** Writes a line into a function's log, as the function itself would. */
async function writeLine(account: BrokenAccount, logGroupName: string, message: string): Promise<string> {
  const logStreamName = 'planted';
  await account.call('logs', 'CreateLogStream', { logGroupName, logStreamName });
  const logEvents = [{ timestamp: account.clock.now(), message }];
  await account.call('logs', 'PutLogEvents', { logGroupName, logStreamName, logEvents });
  return logStreamName;
}

/** What is noticed in orders besides their ends. */
export const WATCHED_ORDER_CASES: readonly RunbookCase[] = [
  {
    page: 'schema-drift',
    trouble: 'a new field, and a field that is missing',
    async break(account) {
      const queue = 'OrderDeadLetterQueueUrl';
      await stock(account);
      await place(account, 'drift-new', { giftWrap: true });
      await place(account, 'drift-missing', { lines: [] });
      await account.turnUntil('parked event', async () => (await account.depth(queue)) === 1);
      return {
        values: { MESSAGE_ID: () => account.messageId(queue, 'drift-missing') },
        shows: { 'dlq show': /drift-missing/, 'filter-log-events': /giftWrap/ },
        mend: () => place(account, 'drift-missing'),
        isOver: async () =>
          (await account.depth(queue)) === 0 &&
          (await hasStatus(account, 'drift-new', 'OrderConfirmed')) &&
          hasStatus(account, 'drift-missing', 'OrderConfirmed'),
      };
    },
  },
  {
    page: 'secret-in-logs',
    trouble: 'an access key in a log',
    async break(account) {
      const logGroupName = account.physicalId('AWS::Logs::LogGroup', 'ChargePayment');
      const stream = await writeLine(account, logGroupName, `{"note":"${SECRET}"}`);
      const { requestId } = await account.approvals.invite();
      return {
        values: { LOG_STREAM: stream, REQUEST_ID: requestId },
        shows: { 'filter-log-events': new RegExp(SECRET) },
        isOver: async () => {
          const { events } = await account.call('logs', 'FilterLogEvents', {
            logGroupName,
            filterPattern: `"${SECRET}"`,
          });
          return events.length === 0;
        },
      };
    },
  },
  {
    page: 'oldest-parked',
    trouble: 'a message that nobody looked at',
    async break(account) {
      const queue = 'OrderDeadLetterQueueUrl';
      await place(account, 'old-poison', { lines: [] });
      await account.turnUntil('parked event', async () => (await account.depth(queue)) === 1);
      await account.pass(THREE_DAYS_MS, 6 * HOUR_MS);
      return {
        values: { QUEUE: 'OrderDeadLetterQueue', MESSAGE_ID: () => account.messageId(queue, 'old-poison') },
        shows: { 'dlq show': /old-poison/ },
        isOver: async () => (await account.depth(queue)) === 0,
      };
    },
  },
  {
    page: 'zombie-stopped',
    trouble: 'a step that comes after its undo',
    async break(account) {
      await stock(account);
      await stoppedOrder(account, 'zombie-1');
      await account.turnUntil('undone order', () => hasStatus(account, 'zombie-1', 'OrderCompensated'));
      const step = { orderId: 'zombie-1', totalCents: 100, currency: 'EUR', approval: null };
      const { FunctionError } = await account.call('lambda', 'Invoke', {
        FunctionName: account.physicalId('AWS::Lambda::Function', 'ChargePayment'),
        Payload: Buffer.from(JSON.stringify({ ...step, lines: [{ sku: 'lamp', quantity: 1, unitPriceCents: 100 }] })),
      });
      expect(FunctionError).toBe('Unhandled');
      return {
        shows: { 'filter-log-events': /zombie-1/ },
        isOver: async () =>
          (await account.row('PaymentsTableName', { paymentKey: 'zombie-1' }))?.state.S === 'refunded' &&
          hasStatus(account, 'zombie-1', 'OrderCompensated'),
      };
    },
  },
  {
    page: 'watcher-stopped',
    trouble: 'a schedule that somebody disabled',
    async break(account) {
      const enable = await account.disableSchedule('WatchExecutions');
      return { mend: enable, isOver: async () => true };
    },
  },
  {
    page: 'watcher-dead-letters',
    trouble: 'a schedule that may not invoke',
    async break(account) {
      const queue = 'WatcherDeadLetterQueueUrl';
      const allow = account.deny('WatchersWatchExecutionsSchedule', 'lambda:InvokeFunction');
      await account.turnUntil('parked invocation', async () => (await account.depth(queue)) > 0);
      return {
        shows: { 'dlq show': /AccessDenied|not authorized/ },
        mend: allow,
        isOver: async () => (await account.depth(queue)) === 0,
      };
    },
  },
];

/** Calls of a function that there is no room for. */
export const THROTTLED: RunbookCase = {
  page: 'throttled',
  trouble: 'a function that may not run',
  async break(account) {
    const FunctionName = account.physicalId('AWS::Lambda::Function', 'GetOrder');
    await account.call('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: 0 });
    const key = async () => ({ accessKeyId: 'local', secretAccessKey: 'local' });
    const api = signedFetch(account.outputs.OrdersApiUrl!, account.embedded.region, key);
    for (let call = 0; call < CALLS; call++) await api('GET', '/orders/any');
    let mendedMs = Number.POSITIVE_INFINITY;
    return {
      shows: { readiness: /failed +nothing-throttled/, 'get-account-settings': /ConcurrentExecutions/ },
      mend: async () => {
        await account.call('lambda', 'DeleteFunctionConcurrency', { FunctionName });
        mendedMs = account.clock.now();
      },
      // The checklist looks at the last hour.
      isOver: async () =>
        account.clock.now() - mendedMs > HOUR_MS && (await api('GET', '/orders/any')).statusCode === NOT_FOUND,
    };
  },
};

/** A producer that has lost its mind. */
export const COST_RUNAWAY: RunbookCase = {
  page: 'cost-runaway',
  trouble: 'a flood of orders',
  async break(account) {
    await stock(account, 'unicorn', 100, 0);
    const orderIds = Array.from({ length: FLOOD }, (_, number) => `flood-${number}`);
    const lines = [{ sku: 'unicorn', quantity: 1 }];
    await Promise.all(orderIds.map((orderId) => place(account, orderId, { lines })));
    const { executionArn } = await account.approvals.ask();
    return {
      values: { EXECUTION_ARN: executionArn },
      shows: { 'ops -- cost': /orders/ },
      isOver: async () => {
        for (const orderId of orderIds) if (!(await hasStatus(account, orderId, 'OrderRejected'))) return false;
        return true;
      },
    };
  },
};

/** The tests' assembly as it would be with another budget for a month. */
function assemblyWithBudget(dollars: number): string {
  return changedAssembly('observability', ({ Resources }) => {
    const isOverBudget = ({ Properties }: any) => /month-over-budget-noticed$/.test(Properties?.AlarmName);
    Object.values<any>(Resources).find(isOverBudget).Properties.Threshold = dollars;
  });
}

/** More orders than whoever planned the month had thought of. */
export const MONTH_OVER_BUDGET: RunbookCase = {
  page: 'month-over-budget',
  trouble: 'a month that was planned too small',
  stepMs: 20 * MINUTE_MS,
  // By itself it would be quiet once the day's rate has sunk, hours later.
  quietWithinMs: HOUR_MS,
  async break(account) {
    await stock(account);
    const raise = await account.deploy(assemblyWithBudget(SMALL_BUDGET_DOLLARS));
    const orderIds = Array.from({ length: UNPLANNED }, (_, number) => `unplanned-${number}`);
    // All through the hours: what the watcher of costs counts is the hour before it looks.
    for (const [index, orderId] of orderIds.entries()) {
      await place(account, orderId);
      if (index % 2 === 1) await account.pass(10 * MINUTE_MS, 10 * MINUTE_MS);
    }
    return {
      shows: { 'ops -- cost': /orders/ },
      mend: raise,
      isOver: async () => {
        for (const orderId of orderIds) if (!(await hasStatus(account, orderId, 'OrderConfirmed'))) return false;
        return true;
      },
    };
  },
};

/** What is noticed in approvals besides their ends. */
export const WATCHED_APPROVAL_CASES: readonly RunbookCase[] = [
  {
    page: 'approvals-unanswered',
    trouble: 'an approver who is away',
    async break(account) {
      const expiresInSeconds = 72 * 3600;
      const { requestId, executionArn } = await account.approvals.invite({ expiresInSeconds });
      // Up to just before the alarm's bound of 14 hours; steps of hours would leap over the minutes in which it rings.
      await account.pass(13 * HOUR_MS + 50 * MINUTE_MS, HOUR_MS);
      return {
        values: { REQUEST_ID: requestId, OLD_ADDRESS: 'ben@example.com', NEW_ADDRESS: 'zoe@example.com' },
        shows: { 'approvals -- list': new RegExp(requestId), 'approvals -- show': /ben@example\.com/ },
        isOver: async () => (await account.call('states', 'DescribeExecution', { executionArn })).status === 'FAILED',
      };
    },
  },
  {
    page: 'audit-incomplete',
    trouble: 'a row of the trail that somebody removed',
    async break(account) {
      const invited = await account.approvals.invite();
      await account.approvals.decide(invited, 'approve');
      await account.approvals.settled(invited.requestId);
      const TableName = account.outputs.ApprovalAuditTableName;
      const { Items } = await account.call('dynamodb', 'Query', {
        TableName,
        KeyConditionExpression: 'requestId = :id',
        ExpressionAttributeValues: { ':id': { S: invited.requestId } },
      });
      const Item = Items.at(1);
      await account.call('dynamodb', 'DeleteItem', { TableName, Key: { requestId: Item.requestId, seq: Item.seq } });
      return {
        shows: { 'filter-log-events': new RegExp(invited.requestId), 'audit -- verify': new RegExp(invited.requestId) },
        mend: () => account.call('dynamodb', 'PutItem', { TableName, Item }),
        isOver: async () => true,
      };
    },
  },
];
