import type { Action } from '../../../wire/service';
import { resourceNotFound, trimmedDataAccess } from '../faults';
import { constraintError, requireMember } from '../request';
import type { ServiceContext } from '../service-context';
import { iteratorOf, positionOf } from '../stream-position';

const RECORDS_LIMIT = 1000;

interface GetRecordsInput {
  ShardIterator?: string;
  Limit?: number;
}

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html
 * The records are shared with the stream's log: callers on the wire get their own copy, callers in process must not
 * change them.
 */
export function getRecords({ store }: ServiceContext): Action<GetRecordsInput> {
  return {
    access: (input) => [
      { action: 'dynamodb:GetRecords', resource: String(input.ShardIterator ?? '').split('|')[0] || '*' },
    ],
    handle(input) {
      requireMember(input, 'ShardIterator');
      const { Limit = RECORDS_LIMIT } = input;
      if (!(Limit >= 1 && Limit <= RECORDS_LIMIT)) {
        throw constraintError(
          `Value '${Limit}' at 'limit' failed to satisfy constraint: Member must have value ` +
            (Limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${RECORDS_LIMIT}`),
        );
      }
      const nowMs = store.kernel.clock.now();
      const position = positionOf(input.ShardIterator, nowMs);
      const stream = store.findStream(position.streamArn)?.stream;
      if (!stream) throw resourceNotFound(`Stream: ${position.streamArn} not found`);
      if (position.nextNumber < stream.oldestNumber(nowMs)) throw trimmedDataAccess();
      const Records = stream.read(position.nextNumber, Limit);
      const nextNumber = position.nextNumber + Records.length;
      const isAtEnd = !stream.isOpen && nextNumber >= stream.nextNumber;
      return { Records, ...(isAtEnd ? {} : { NextShardIterator: iteratorOf({ ...position, nextNumber }, nowMs) }) };
    },
  };
}
