import type { Action } from '../../../wire/service';
import { invalidParameterValue, missingParameter } from '../faults';
import type { Sqs } from '../sqs';

/** The task and the queue that a handle stands for. Throws InvalidParameterValue, MissingParameter. */
function readTaskHandle(handle: string | undefined): { taskId: string; sourceArn: string } {
  if (!handle) throw missingParameter('TaskHandle');
  try {
    const { taskId, sourceArn } = JSON.parse(Buffer.from(handle, 'base64').toString());
    return { taskId: String(taskId), sourceArn: String(sourceArn) };
  } catch {
    throw invalidParameterValue('Value for parameter TaskHandle is invalid.');
  }
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CancelMessageMoveTask.html */
export function cancelMessageMoveTask(sqs: Sqs): Action<{ TaskHandle?: string }> {
  return {
    access: ({ TaskHandle }) => [
      { action: 'sqs:CancelMessageMoveTask', resource: readTaskHandle(TaskHandle).sourceArn },
    ],
    handle: ({ TaskHandle }) => {
      const { taskId, sourceArn } = readTaskHandle(TaskHandle);
      return { ApproximateNumberOfMessagesMoved: sqs.mover.cancel(sourceArn, taskId).messagesMoved };
    },
  };
}
