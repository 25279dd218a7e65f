import { DescribeExecutionCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import type { Sender } from '../../shared/aws/sender';
import { executionName, orderOfExecution } from '../contracts/names';
import type { OrderExecutions } from '../domain/order-executions';

/** The most that one call lists: https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
const MOST_LISTED = 1000;

/** What an execution that succeeded brings about needs no looking for. */
const DEATHS = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;

/**
 * Executions of the two order machines. They are listed, a thousand at once, and described only where the list leaves a
 * question: orders that wait for an approval are many, and DescribeExecution is throttled early. Data is never asked for:
 * it is encrypted, and no function may read it.
 */
export function createSfnOrderExecutions(props: {
  client: Sender;
  ordersMachineArn: string;
  undoMachineArn: string;
}): OrderExecutions {
  const { client, ordersMachineArn, undoMachineArn } = props;
  return {
    async running() {
      const orders = new Set<string>();
      for await (const orderId of list('RUNNING', 0)) orders.add(orderId);
      return orders;
    },

    async *died(since) {
      for (const status of DEATHS) yield* list(status, since);
    },

    async find(orderId, undoAttempt) {
      const machineArn = undoAttempt === 0 ? ordersMachineArn : undoMachineArn;
      const name = executionName(orderId, undoAttempt);
      const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
      try {
        const { status, stopDate } = await client.send(
          new DescribeExecutionCommand({ executionArn, includedData: 'METADATA_ONLY' }),
        );
        return { executionArn, status, stoppedAt: stopDate?.getTime() };
      } catch (error) {
        if ((error as Error).name === 'ExecutionDoesNotExist') return undefined;
        throw error;
      }
    },
  };

  /** The orders of the executions of one status, the latest first, that began at `since` or later. */
  async function* list(statusFilter: 'RUNNING' | (typeof DEATHS)[number], since: number) {
    for (const stateMachineArn of [ordersMachineArn, undoMachineArn]) {
      let nextToken: string | undefined;
      do {
        const page: any = await client.send(
          new ListExecutionsCommand({ stateMachineArn, statusFilter, maxResults: MOST_LISTED, nextToken }),
        );
        const recent = page.executions.filter(({ startDate }: { startDate: Date }) => startDate.getTime() >= since);
        for (const { name } of recent) {
          const orderId = orderOfExecution(name);
          if (orderId !== undefined) yield orderId;
        }
        nextToken = recent.length === page.executions.length ? page.nextToken : undefined;
      } while (nextToken);
    }
  }
}
