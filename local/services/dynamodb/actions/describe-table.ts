import type { Action } from '../../../wire/service';
import { tableAccess } from '../access';
import { describedTable, tableNameOf } from '../request';
import type { ServiceContext } from '../service-context';
import { describeTable as describe } from '../table-description';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html; counts are exact here. */
export function describeTable({ store, arns }: ServiceContext): Action<{ TableName?: string }> {
  return {
    access: (input) => [tableAccess(arns, 'DescribeTable', input.TableName)],
    handle: (input) => ({ Table: describe(describedTable(store, tableNameOf(input))) }),
  };
}
