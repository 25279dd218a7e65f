import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { addPermission } from './actions/add-permission';
import { cancelMessageMoveTask } from './actions/cancel-message-move-task';
import { changeMessageVisibility } from './actions/change-message-visibility';
import { changeMessageVisibilityBatch } from './actions/change-message-visibility-batch';
import { createQueue } from './actions/create-queue';
import { deleteMessage } from './actions/delete-message';
import { deleteMessageBatch } from './actions/delete-message-batch';
import { deleteQueue } from './actions/delete-queue';
import { getQueueAttributes } from './actions/get-queue-attributes';
import { getQueueUrl } from './actions/get-queue-url';
import { listDeadLetterSourceQueues } from './actions/list-dead-letter-source-queues';
import { listMessageMoveTasks } from './actions/list-message-move-tasks';
import { listQueueTags } from './actions/list-queue-tags';
import { listQueues } from './actions/list-queues';
import { purgeQueue } from './actions/purge-queue';
import { receiveMessage } from './actions/receive-message';
import { removePermission } from './actions/remove-permission';
import { sendMessage } from './actions/send-message';
import { sendMessageBatch } from './actions/send-message-batch';
import { setQueueAttributes } from './actions/set-queue-attributes';
import { startMessageMoveTask } from './actions/start-message-move-task';
import { tagQueue } from './actions/tag-queue';
import { untagQueue } from './actions/untag-queue';
import { queuePolicyResource, queueResource } from './resources';
import { Sqs } from './sqs';

/** SQS with standard and FIFO queues. See README.md for what differs from AWS. */
export function createSqsService(host: Host): Service {
  const sqs = new Sqs(host);
  return {
    name: 'sqs',
    protocols: [
      { kind: 'json', version: '1.0', target: 'AmazonSQS', errorNamespace: 'com.amazonaws.sqs#', hasQueryErrors: true },
    ],
    actions: {
      AddPermission: addPermission(sqs),
      CancelMessageMoveTask: cancelMessageMoveTask(sqs),
      ChangeMessageVisibility: changeMessageVisibility(sqs),
      ChangeMessageVisibilityBatch: changeMessageVisibilityBatch(sqs),
      CreateQueue: createQueue(sqs),
      DeleteMessage: deleteMessage(sqs),
      DeleteMessageBatch: deleteMessageBatch(sqs),
      DeleteQueue: deleteQueue(sqs),
      GetQueueAttributes: getQueueAttributes(sqs),
      GetQueueUrl: getQueueUrl(sqs),
      ListDeadLetterSourceQueues: listDeadLetterSourceQueues(sqs),
      ListMessageMoveTasks: listMessageMoveTasks(sqs),
      ListQueueTags: listQueueTags(sqs),
      ListQueues: listQueues(sqs),
      PurgeQueue: purgeQueue(sqs),
      ReceiveMessage: receiveMessage(sqs),
      RemovePermission: removePermission(sqs),
      SendMessage: sendMessage(sqs),
      SendMessageBatch: sendMessageBatch(sqs),
      SetQueueAttributes: setQueueAttributes(sqs),
      StartMessageMoveTask: startMessageMoveTask(sqs),
      TagQueue: tagQueue(sqs),
      UntagQueue: untagQueue(sqs),
    },
    resources: [queueResource(sqs), queuePolicyResource(sqs)],
    resourcePolicy: (arn) => sqs.store.policyOf(arn),
    resume: () => sqs.resume(),
    stop: async () => {
      sqs.receivers.stop();
      sqs.gauges.stop();
    },
  };
}
