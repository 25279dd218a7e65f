import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Aws } from '../aws';
import { stackWith } from '../deployment';
import { executionStatus } from '../executions';
import { classify, type Verdict } from './classify';
import { attributeOf, type DeadLetter } from './message';
import type { DeadLetterQueue } from './queues';
import { type Subject, subjectOf } from './subject';

/** Statuses of an order that nothing changes any more. */
const ORDER_ENDS = new Set(['OrderConfirmed', 'OrderRejected', 'OrderCompensated', 'OrderNeedsReview']);

/**
 * Where a message goes when it is replayed: to the queue that EventBridge could not reach, or to the one whose dead-letter queue this
 * is. Undefined when there is none, or when nobody can tell which.
 */
export function destinationOf(queue: DeadLetterQueue, message: DeadLetter): string | undefined {
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
  const target = attributeOf(message, 'TARGET_ARN');
  if (target !== undefined) return target.split(':')[2] === 'sqs' ? target : undefined;
  return queue.sourceArns.length === 1 ? queue.sourceArns[0] : undefined;
}

/**
 * What a message is, after a look at what it speaks of: the order's row, the document's row, the asking execution. It needs
 * `dynamodb:GetItem` on those tables and `states:DescribeExecution`.
 */
export async function judge(aws: Aws, queue: DeadLetterQueue, message: DeadLetter): Promise<Verdict> {
  const subject = subjectOf(message.body);
  return classify(message, {
    subject,
    isForPeople: queue.isForPeople,
    destinationArn: destinationOf(queue, message),
    outcome: await outcomeOf(aws, subject),
  });
}

async function outcomeOf(aws: Aws, subject: Subject): Promise<string | undefined> {
  if (subject.kind === 'order') return orderOutcome(aws, subject.orderId);
  if (subject.kind === 'document') return documentOutcome(aws, subject);
  if (subject.kind !== 'ask') return undefined;
  const status = await executionStatus(aws.sfn, subject.executionArn);
  return status === 'RUNNING'
    ? undefined
    : `the execution that asked ${status === undefined ? 'is gone' : 'has ended'}`;
}

async function orderOutcome({ deployment, dynamodb, sfn }: Aws, orderId: string): Promise<string | undefined> {
  const outputs = stackWith(deployment, 'OrdersMachineArn')?.outputs;
  if (!outputs) return undefined;
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: outputs.OrdersTableName, Key: { orderId: { S: orderId } }, ConsistentRead: true }),
  );
  const status = Item?.status?.S;
  if (status && ORDER_ENDS.has(status)) return `the order has its end: ${status}`;
  const machineArn = outputs.OrdersMachineArn!;
  const running = await executionStatus(sfn, `${machineArn.replace(':stateMachine:', ':execution:')}:${orderId}`);
  return running === 'RUNNING' ? 'the order is on its way' : undefined;
}

async function documentOutcome(
  { deployment, dynamodb }: Aws,
  { documentKey, versionId, sequencer }: Extract<Subject, { kind: 'document' }>,
): Promise<string | undefined> {
  const TableName = stackWith(deployment, 'IngestMachineArn')?.outputs.DocumentsTableName;
  if (!TableName) return undefined;
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName, Key: { documentKey: { S: documentKey } }, ConsistentRead: true }),
  );
  if (!Item) return undefined;
  const row = unmarshall(Item) as { status: string; source?: { versionId: string }; latestSequence?: string };
  if (row.status !== 'pending' && versionId !== undefined && row.source?.versionId === versionId) {
    return `the version is ${row.status}`;
  }
  const latest = row.latestSequence?.slice(14) ?? '';
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
  const isOlder = latest !== '' && sequencer !== undefined && sequencer.toLowerCase().padEnd(40, '0') < latest;
  return isOlder ? 'a later change of the document has been ingested' : undefined;
}
