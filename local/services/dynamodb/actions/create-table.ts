import type { Action } from '../../../wire/service';
import { tableAccess } from '../access';
import type { ServiceContext } from '../service-context';
import { describeTable } from '../table-description';
import { type CreateTableInput, createTable as create } from '../table-lifecycle';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html; the table is active at once. */
export function createTable(context: ServiceContext): Action<CreateTableInput> {
  return {
    access: (input) => [tableAccess(context.arns, 'CreateTable', input.TableName)],
    handle: (input) => ({ TableDescription: describeTable(create(context, input)) }),
  };
}
