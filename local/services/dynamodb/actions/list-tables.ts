import type { Action } from '../../../wire/service';
import { constraintError } from '../request';
import type { ServiceContext } from '../service-context';

const PAGE_LIMIT = 100;

interface ListTablesInput {
  ExclusiveStartTableName?: string;
  Limit?: number;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html */
export function listTables({ store }: ServiceContext): Action<ListTablesInput> {
  return {
    access: () => [{ action: 'dynamodb:ListTables', resource: '*' }],
    handle({ ExclusiveStartTableName: after, Limit = PAGE_LIMIT }) {
      if (!(Limit >= 1 && Limit <= PAGE_LIMIT)) {
        throw constraintError(
          `Value '${Limit}' at 'limit' failed to satisfy constraint: Member must have value ` +
            (Limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${PAGE_LIMIT}`),
        );
      }
      const names = store.names().filter((name) => after === undefined || name > after);
      const TableNames = names.slice(0, Limit);
      return {
        TableNames,
        ...(names.length > Limit ? { LastEvaluatedTableName: TableNames[TableNames.length - 1] } : {}),
      };
    },
  };
}
