import type { Action } from '../../../wire/service';
import {
  invalidParameter,
  invalidParameterValue,
  missingParameter,
  resourceNotFound,
  unsupportedOperation,
} from '../faults';
import { FASTEST_PER_SECOND } from '../message-mover';
import type { MoveTask } from '../model';
import { isFifo } from '../queue-attributes';
import type { Sqs } from '../sqs';

interface StartMoveInput {
  readonly SourceArn?: string;
  readonly DestinationArn?: string;
  readonly MaxNumberOfMessagesPerSecond?: number;
}

/** What a caller hands back to cancel a task. */
export function taskHandle(task: MoveTask): string {
  return Buffer.from(JSON.stringify({ taskId: task.id, sourceArn: task.sourceArn })).toString('base64');
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
export function startMessageMoveTask(sqs: Sqs): Action<StartMoveInput> {
  return {
    access: ({ SourceArn = '', DestinationArn }) => [
      ...['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) => ({
        action: `sqs:${action}`,
        resource: SourceArn,
      })),
      ...(DestinationArn ? [{ action: 'sqs:SendMessage', resource: DestinationArn }] : []),
    ],
    handle: ({ SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: perSecond }) => {
      if (!SourceArn) throw missingParameter('SourceArn');
      const source = sqs.store.queueByArn(SourceArn);
      if (!source) throw resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
      const destination = DestinationArn && sqs.store.queueByArn(DestinationArn);
      if (DestinationArn && !destination) {
        throw resourceNotFound("The resource that you specified for the DestinationArn parameter doesn't exist.");
      }
      if (destination && isFifo(destination) !== isFifo(source)) {
        throw unsupportedOperation('The destination queue must be of the same type as the source queue.');
      }
      if (
        perSecond !== undefined &&
        !(Number.isInteger(perSecond) && perSecond >= 1 && perSecond <= FASTEST_PER_SECOND)
      ) {
        const reason = `Must be between 1 and ${FASTEST_PER_SECOND}, if provided.`;
        throw invalidParameter('MaxNumberOfMessagesPerSecond', perSecond, reason);
      }
      if (sqs.store.sourcesOf(SourceArn).length === 0) {
        throw invalidParameterValue('Source queue must be configured as a Dead Letter Queue.');
      }
      if (sqs.store.moveTasks.of(SourceArn).some((task) => task.status === 'RUNNING')) {
        throw unsupportedOperation(
          'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
        );
      }
      const startedAtMs = sqs.now();
      const task: MoveTask = {
        id: sqs.host.kernel.random.uuid(),
        sourceArn: SourceArn,
        destinationArn: DestinationArn,
        messagesPerSecond: perSecond,
        messagesToMove: sqs.store.counts(source, startedAtMs).visible,
        startedAtMs,
        status: 'RUNNING',
        messagesMoved: 0,
      };
      sqs.gauges.used(source.name);
      sqs.mover.start(task);
      return { TaskHandle: taskHandle(task) };
    },
  };
}
