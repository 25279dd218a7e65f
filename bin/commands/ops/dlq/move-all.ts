import { ListMessageMoveTasksCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import type { Aws } from '../aws';
import type { DeadLetterQueue } from './queues';

const PAUSE_MS = 500;

/** How a move came out. */
export interface Move {
  readonly moved: number;
  readonly failure?: string;
}

/** Whether SQS itself can move all of a queue: only out of a queue that is another's dead-letter queue, and only if there is one way to go. */
export function canMoveAll({ sourceArns, isFifo }: DeadLetterQueue): boolean {
  return sourceArns.length === 1 && !isFifo;
}

/**
 * Moves all messages of a queue back, and waits until SQS has done so. The destination is named: without it SQS refuses messages that were sent
 * here directly, as by a function or a rule.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export async function moveAll({ sqs, operatorLog }: Aws, queue: DeadLetterQueue, perSecond: number): Promise<Move> {
  const [to] = queue.sourceArns;
  const record = { from: queue.arn, to, perSecond };
  await operatorLog.write(queue.stack, { act: 'move-begun', ...record, messages: queue.depth });
  const { TaskHandle } = await sqs.send(
    new StartMessageMoveTaskCommand({
      SourceArn: queue.arn,
      DestinationArn: to,
      MaxNumberOfMessagesPerSecond: perSecond,
    }),
  );
  for (;;) {
    const { Results = [] } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: queue.arn, MaxResults: 1 }));
    const [task] = Results;
    if (task && task.Status !== 'RUNNING' && task.Status !== 'CANCELLING') {
      const move: Move = { moved: task.ApproximateNumberOfMessagesMoved ?? 0, failure: task.FailureReason };
      await operatorLog.write(queue.stack, { act: 'moved', ...record, ...move, status: task.Status, task: TaskHandle });
      return move;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
