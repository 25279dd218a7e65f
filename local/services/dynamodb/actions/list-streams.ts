import type { Action } from '../../../wire/service';
import { tableNameOf } from '../request';
import type { ServiceContext } from '../service-context';

const PAGE_LIMIT = 100;

interface ListStreamsInput {
  TableName?: string;
  Limit?: number;
  ExclusiveStartStreamArn?: string;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html */
export function listStreams({ store }: ServiceContext): Action<ListStreamsInput> {
  return {
    access: () => [{ action: 'dynamodb:ListStreams', resource: '*' }],
    handle(input) {
      const name = input.TableName === undefined ? undefined : tableNameOf(input);
      const found = store
        .streams()
        .filter(({ table }) => name === undefined || table.definition.name === name)
        .sort((a, b) => (a.stream.arn < b.stream.arn ? -1 : 1));
      const after = input.ExclusiveStartStreamArn;
      const rest = found.filter(({ stream }) => after === undefined || stream.arn > after);
      const page = rest.slice(0, Math.min(input.Limit ?? PAGE_LIMIT, PAGE_LIMIT));
      const last = page[page.length - 1];
      return {
        Streams: page.map(({ stream, table }) => ({
          StreamArn: stream.arn,
          StreamLabel: stream.label,
          TableName: table.definition.name,
        })),
        ...(last && page.length < rest.length ? { LastEvaluatedStreamArn: last.stream.arn } : {}),
      };
    },
  };
}
