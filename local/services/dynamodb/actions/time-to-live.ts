import type { Action } from '../../../wire/service';
import { tableAccess } from '../access';
import { describedTable, requireMember, tableNameOf } from '../request';
import type { ServiceContext } from '../service-context';
import { setTimeToLive } from '../table-lifecycle';

interface UpdateTimeToLiveInput {
  TableName?: string;
  TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html */
export function updateTimeToLive({ store, arns }: ServiceContext): Action<UpdateTimeToLiveInput> {
  return {
    access: (input) => [tableAccess(arns, 'UpdateTimeToLive', input.TableName)],
    handle(input) {
      const name = tableNameOf(input);
      requireMember(input, 'TimeToLiveSpecification');
      const specification = input.TimeToLiveSpecification!;
      setTimeToLive(describedTable(store, name), specification.AttributeName, specification.Enabled);
      return { TimeToLiveSpecification: specification };
    },
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html */
export function describeTimeToLive({ store, arns }: ServiceContext): Action<{ TableName?: string }> {
  return {
    access: (input) => [tableAccess(arns, 'DescribeTimeToLive', input.TableName)],
    handle(input) {
      const attribute = describedTable(store, tableNameOf(input)).definition.timeToLiveAttribute;
      return {
        TimeToLiveDescription: attribute
          ? { TimeToLiveStatus: 'ENABLED', AttributeName: attribute }
          : { TimeToLiveStatus: 'DISABLED' },
      };
    },
  };
}
