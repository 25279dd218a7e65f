import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { TaskFunction } from './task-function';

/** How a function consumes a queue. */
export interface QueueConsumerProps {
  readonly task: TaskFunction;
  readonly queue: IQueue;
  /** Messages that one invocation may get. */
  readonly batchSize: number;
  /** Invocations that may run at once. @default - as many as Lambda likes */
  readonly maxConcurrency?: number;
}

/** Feeds a queue to a function in batches; messages that the function reports as failed come again, the others do not. */
export class QueueConsumer extends Construct {
  constructor(scope: Construct, id: string, props: QueueConsumerProps) {
    super(scope, id);
    // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    props.task.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], props.queue.queueArn);
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: props.task.function,
      eventSourceArn: props.queue.queueArn,
      batchSize: props.batchSize,
      maxConcurrency: props.maxConcurrency,
      reportBatchItemFailures: true,
    });
    // Lambda tries the role when the mapping is made: the policy must be there first.
    mapping.node.addDependency(props.task);
  }
}
