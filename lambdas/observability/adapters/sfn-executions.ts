import {
  DescribeStateMachineForExecutionCommand,
  type ExecutionListItem,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
} from '@aws-sdk/client-sfn';
import type { Sender } from '../../shared/aws/sender';
import type { Executions } from '../domain/executions';

/** The most that one call lists: https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
const MOST_LISTED = 1000;

/** Pages of running executions that are read of one machine. */
const MOST_PAGES = 5;

/** Executions that have succeeded of which a sample is taken. */
const MOST_SAMPLED = 25;

/** Far enough back to find the state that the latest event belongs to. */
const EVENTS_READ = 50;

/** Executions of Standard machines; nothing of what they carry is asked for. */
export function createSfnExecutions(client: Sender): Executions {
  return {
    async running(stateMachineArn) {
      const listed: ExecutionListItem[] = [];
      let nextToken: string | undefined;
      let pages = 0;
      do {
        const page: { executions?: ExecutionListItem[]; nextToken?: string } = await client.send(
          new ListExecutionsCommand({
            stateMachineArn,
            statusFilter: 'RUNNING',
            maxResults: MOST_LISTED,
            nextToken,
          }),
        );
        listed.push(...(page.executions ?? []));
        nextToken = page.nextToken;
        pages += 1;
      } while (nextToken && pages < MOST_PAGES);
      const executions = listed.map(({ executionArn, startDate }) => ({
        arn: executionArn!,
        startedAt: startDate!.getTime(),
      }));
      executions.sort((one, other) => one.startedAt - other.startedAt);
      return { executions, isComplete: nextToken === undefined };
    },

    async latestMove(executionArn) {
      const { events = [] }: { events?: HistoryEvent[] } = await client.send(
        new GetExecutionHistoryCommand({
          executionArn,
          reverseOrder: true,
          maxResults: EVENTS_READ,
          includeExecutionData: false,
        }),
      );
      const at = events[0]?.timestamp?.getTime();
      const state = events.map(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name).find(Boolean);
      return at === undefined || state === undefined ? undefined : { at, state };
    },

    async definition(executionArn) {
      const { definition } = await client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
      return JSON.parse(definition);
    },

    async succeeded(stateMachineArn, from, to) {
      const { executions = [] }: { executions?: ExecutionListItem[] } = await client.send(
        new ListExecutionsCommand({ stateMachineArn, statusFilter: 'SUCCEEDED', maxResults: MOST_LISTED }),
      );
      const ended = executions.filter(({ stopDate }) => {
        const stoppedAt = stopDate?.getTime() ?? 0;
        return stoppedAt >= from && stoppedAt <= to;
      });
      return ended.slice(0, MOST_SAMPLED).map(({ name }) => name!);
    },
  };
}
