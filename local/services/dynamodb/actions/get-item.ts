import type { Action } from '../../../wire/service';
import { itemAccess } from '../access';
import { copyItem, readItem } from '../attribute-value';
import { describeConsumption, readUnits } from '../capacity';
import { bindExpressions, type ExpressionInput } from '../expression-parameters';
import { project } from '../expressions/projection';
import { placeOfKey } from '../key-schema';
import { checkReturnConsumedCapacity, refuseLegacy, requireMember, tableNameOf, tableOf } from '../request';
import type { ServiceContext } from '../service-context';

interface GetItemInput extends ExpressionInput {
  TableName?: string;
  Key?: unknown;
  ConsistentRead?: boolean;
  ReturnConsumedCapacity?: string;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html */
export function getItem({ store, arns, consumed }: ServiceContext): Action<GetItemInput> {
  return {
    access: (input) => [itemAccess(store, arns, 'GetItem', input.TableName, [input.Key])],
    handle(input) {
      const name = tableNameOf(input);
      requireMember(input, 'Key');
      checkReturnConsumedCapacity(input);
      refuseLegacy(input);
      const key = readItem(input.Key);
      const { projection } = bindExpressions(input, ['ProjectionExpression']);
      const table = tableOf(store, name);
      const entry = table.entry(placeOfKey(table.definition.keys, key));
      const units = readUnits(entry?.sizeBytes ?? 0, input.ConsistentRead ? 'consistent' : 'eventual');
      const consumption = { tableName: name, tableUnits: units, indexes: [] };
      consumed('Read', [consumption]);
      const ConsumedCapacity = describeConsumption(input.ReturnConsumedCapacity, consumption);
      return {
        ...(entry ? { Item: projection ? project(entry.item, projection) : copyItem(entry.item) } : {}),
        ...(ConsumedCapacity ? { ConsumedCapacity } : {}),
      };
    },
  };
}
