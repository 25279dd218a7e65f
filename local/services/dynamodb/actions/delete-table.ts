import type { Action } from '../../../wire/service';
import { tableAccess } from '../access';
import { tableNameOf } from '../request';
import type { ServiceContext } from '../service-context';
import { describeTable } from '../table-description';
import { deleteTable as remove } from '../table-lifecycle';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html; the table is gone at once. */
export function deleteTable(context: ServiceContext): Action<{ TableName?: string }> {
  return {
    access: (input) => [tableAccess(context.arns, 'DeleteTable', input.TableName)],
    handle: (input) => ({
      TableDescription: { ...describeTable(remove(context, tableNameOf(input))), TableStatus: 'DELETING' },
    }),
  };
}
