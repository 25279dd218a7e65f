import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { TaskFunction } from './task-function';

/** How a function publishes the changes of a table. */
export interface StreamPublisherProps {
  readonly task: TaskFunction;
  /** A table with a stream. */
  readonly table: ITableV2;
  /** Which attribute must have one of which values for a change to count. */
  readonly when: { readonly attribute: string; readonly values: readonly string[] };
  readonly batchSize: number;
  readonly retryAttempts: number;
  /** Takes a pointer to the records that could not be published. */
  readonly deadLetterQueue: IQueue;
}

/** The outbox without an outbox table: what the stream of a table says is published at least once, in order per item. */
export class StreamPublisher extends Construct {
  constructor(scope: Construct, id: string, props: StreamPublisherProps) {
    super(scope, id);
    const streamArn = props.table.tableStreamArn;
    if (!streamArn) throw new Error(`The table ${props.table.node.path} has no stream: give it one to publish from.`);
    props.task.allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], streamArn);
    // Lambda refuses a mapping whose role may not list the table's streams, of which there may be older ones.
    const streams = `${props.table.tableArn}/stream/*`;
    props.task.allow(['dynamodb:ListStreams'], streams);
    props.task.acknowledgeWildcard(
      streams,
      'The streams of one table, whose names are times and not known beforehand.',
    );
    props.task.allow(['sqs:SendMessage'], props.deadLetterQueue.queueArn);
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: props.task.function,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: props.batchSize,
      retryAttempts: props.retryAttempts,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      // CDK's own SqsDlq grants more than Lambda needs to send there.
      onFailure: { bind: () => ({ destination: props.deadLetterQueue.queueArn }) },
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.or('INSERT', 'MODIFY'),
          dynamodb: { NewImage: { [props.when.attribute]: { S: FilterRule.or(...props.when.values) } } },
        }),
      ],
    });
    mapping.node.addDependency(props.task);
  }
}
