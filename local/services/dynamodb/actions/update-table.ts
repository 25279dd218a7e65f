import type { Action } from '../../../wire/service';
import { tableAccess } from '../access';
import type { ServiceContext } from '../service-context';
import { describeTable } from '../table-description';
import { type UpdateTableInput, updateTable as update } from '../table-lifecycle';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html; the change is there at once. */
export function updateTable(context: ServiceContext): Action<UpdateTableInput> {
  return {
    access: (input) => [tableAccess(context.arns, 'UpdateTable', input.TableName)],
    handle: (input) => ({ TableDescription: describeTable(update(context, input)) }),
  };
}
