import type { Action } from '../../../wire/service';
import { invalidParameter, missingParameter, resourceNotFound } from '../faults';
import type { Sqs } from '../sqs';
import { taskHandle } from './start-message-move-task';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html */
export function listMessageMoveTasks(sqs: Sqs): Action<{ SourceArn?: string; MaxResults?: number }> {
  return {
    access: ({ SourceArn = '' }) => [{ action: 'sqs:ListMessageMoveTasks', resource: SourceArn }],
    handle: ({ SourceArn, MaxResults = 1 }) => {
      if (!SourceArn) throw missingParameter('SourceArn');
      if (!Number.isInteger(MaxResults) || MaxResults < 1 || MaxResults > 10) {
        throw invalidParameter('MaxResults', MaxResults, 'Must be between 1 and 10, if provided.');
      }
      if (!sqs.store.queueByArn(SourceArn)) {
        throw resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
      }
      return {
        Results: sqs.store.moveTasks
          .of(SourceArn)
          .slice(0, MaxResults)
          .map((task) => ({
            TaskHandle: task.status === 'RUNNING' ? taskHandle(task) : undefined,
            Status: task.status,
            SourceArn,
            DestinationArn: task.destinationArn,
            MaxNumberOfMessagesPerSecond: task.messagesPerSecond,
            ApproximateNumberOfMessagesMoved: task.messagesMoved,
            ApproximateNumberOfMessagesToMove: task.messagesToMove,
            FailureReason: task.failureReason,
            StartedTimestamp: task.startedAtMs,
          })),
      };
    },
  };
}
