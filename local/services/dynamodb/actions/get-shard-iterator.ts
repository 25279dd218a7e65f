import type { Action } from '../../../wire/service';
import { resourceNotFound, trimmedDataAccess, validationError } from '../faults';
import { checkEnum, requireMember } from '../request';
import type { ServiceContext } from '../service-context';
import { type StreamLog, sequenceNumberOf } from '../stream-log';
import { iteratorOf } from '../stream-position';
import { streamOf } from './describe-stream';

interface GetShardIteratorInput {
  StreamArn?: string;
  ShardId?: string;
  ShardIteratorType?: string;
  SequenceNumber?: string;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html */
export function getShardIterator(context: ServiceContext): Action<GetShardIteratorInput> {
  return {
    access: (input) => [{ action: 'dynamodb:GetShardIterator', resource: input.StreamArn ?? '*' }],
    handle(input) {
      requireMember(input, 'ShardId');
      requireMember(input, 'ShardIteratorType');
      checkEnum(input, 'ShardIteratorType', ['AFTER_SEQUENCE_NUMBER', 'LATEST', 'AT_SEQUENCE_NUMBER', 'TRIM_HORIZON']);
      const { stream } = streamOf(context, input);
      if (stream.shardId !== input.ShardId) {
        throw resourceNotFound(`Shard: ${input.ShardId} in Stream: ${stream.arn} not found`);
      }
      const nowMs = context.store.kernel.clock.now();
      const nextNumber = startNumber(stream, input, nowMs);
      return { ShardIterator: iteratorOf({ streamArn: stream.arn, shardId: stream.shardId, nextNumber }, nowMs) };
    },
  };
}

function startNumber(stream: StreamLog, input: GetShardIteratorInput, nowMs: number): number {
  const oldest = stream.oldestNumber(nowMs);
  if (input.ShardIteratorType === 'TRIM_HORIZON') return oldest;
  if (input.ShardIteratorType === 'LATEST') return stream.nextNumber;
  const number = input.SequenceNumber === undefined ? undefined : sequenceNumberOf(input.SequenceNumber);
  if (number === undefined || number >= stream.nextNumber) {
    throw validationError(
      `Invalid SequenceNumber: ${input.SequenceNumber ?? 'null'}; take one from a record or a shard of ${stream.arn}`,
    );
  }
  const start = input.ShardIteratorType === 'AT_SEQUENCE_NUMBER' ? number : number + 1;
  if (start < oldest) throw trimmedDataAccess();
  return start;
}
