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
