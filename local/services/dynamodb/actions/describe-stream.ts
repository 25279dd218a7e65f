import type { Action } from '../../../wire/service';
import { resourceNotFound } from '../faults';
import { requireMember } from '../request';
import type { ServiceContext } from '../service-context';
import type { FoundStream } from '../store';
import { sequenceNumberText } from '../stream-log';
import { describeKeys } from '../table-definition';

interface DescribeStreamInput {
  StreamArn?: string;
  ExclusiveStartShardId?: string;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html; one shard. */
export function describeStream(context: ServiceContext): Action<DescribeStreamInput> {
  return {
    access: (input) => [{ action: 'dynamodb:DescribeStream', resource: input.StreamArn ?? '*' }],
    handle(input) {
      const { stream, table } = streamOf(context, input);
      const nowMs = context.store.kernel.clock.now();
      const isPastShard = input.ExclusiveStartShardId === stream.shardId;
      const shard = {
        ShardId: stream.shardId,
        SequenceNumberRange: {
          StartingSequenceNumber: sequenceNumberText(stream.oldestNumber(nowMs)),
          ...(stream.isOpen ? {} : { EndingSequenceNumber: sequenceNumberText(stream.nextNumber - 1) }),
        },
      };
      return {
        StreamDescription: {
          StreamArn: stream.arn,
          StreamLabel: stream.label,
          StreamStatus: stream.isOpen ? 'ENABLED' : 'DISABLED',
          StreamViewType: stream.viewType,
          CreationRequestDateTime: stream.createdAtMs / 1000,
          TableName: table.definition.name,
          KeySchema: describeKeys(table.definition.keys),
          Shards: isPastShard ? [] : [shard],
        },
      };
    },
  };
}

/** The stream of a request, or AWS's refusal. */
export function streamOf({ store }: ServiceContext, input: { StreamArn?: string }): FoundStream {
  requireMember(input, 'StreamArn');
  const found = store.findStream(input.StreamArn!);
  if (!found) throw resourceNotFound(`Stream: ${input.StreamArn} not found`);
  return found;
}
