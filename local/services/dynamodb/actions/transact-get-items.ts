import type { Action } from '../../../wire/service';
import { itemAccess } from '../access';
import { copyItem, readItem } from '../attribute-value';
import { describeConsumption, mergeConsumptions, readUnits } from '../capacity';
import { bindExpressions, type ExpressionInput } from '../expression-parameters';
import { project } from '../expressions/projection';
import { type CancellationReason, transactionCanceled, validationError } from '../faults';
import { identityOf, placeOfKey } from '../key-schema';
import { checkListLength, checkReturnConsumedCapacity, listOf, requireMember, tableNameOf, tableOf } from '../request';
import type { ServiceContext } from '../service-context';

const GETS_LIMIT = 100;

interface Get extends ExpressionInput {
  TableName?: string;
  Key?: unknown;
}

interface TransactGetItemsInput {
  TransactItems?: { Get?: Get }[];
  ReturnConsumedCapacity?: string;
}

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html
 * Cancelled with `TransactionConflict` when a transaction holds one of the items at that moment.
 */
export function transactGetItems({ store, arns, consumed }: ServiceContext): Action<TransactGetItemsInput> {
  return {
    access: (input) =>
      listOf(input.TransactItems).map((item) =>
        itemAccess(store, arns, 'GetItem', item?.Get?.TableName, [item?.Get?.Key]),
      ),
    handle(input) {
      checkReturnConsumedCapacity(input);
      checkListLength('transactItems', input.TransactItems, GETS_LIMIT);
      const requests = input.TransactItems!.map(readGet);
      const reads = requests.map(({ name, key, projection }) => {
        const table = tableOf(store, name);
        return { table, place: placeOfKey(table.definition.keys, key), projection };
      });
      const items = new Set(reads.map(({ table, place }) => `${table.definition.id} ${identityOf(place)}`));
      if (items.size < reads.length) {
        throw validationError('Transaction request cannot include multiple operations on one item');
      }
      if (reads.some(({ table, place }) => table.isHeld(place))) {
        throw transactionCanceled(
          reads.map(
            ({ table, place }): CancellationReason =>
              table.isHeld(place)
                ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
                : { Code: 'None' },
          ),
        );
      }
      const Responses = reads.map(({ table, place, projection }) => {
        const item = table.entry(place)?.item;
        if (!item) return {};
        return { Item: projection ? project(item, projection) : copyItem(item) };
      });
      const consumptions = reads.map(({ table, place }) => ({
        tableName: table.definition.name,
        tableUnits: readUnits(table.entry(place)?.sizeBytes ?? 0, 'transaction'),
        indexes: [],
      }));
      consumed('Read', consumptions);
      const capacities = mergeConsumptions(consumptions).map((sum) =>
        describeConsumption(input.ReturnConsumedCapacity, sum),
      );
      return { Responses, ...(capacities[0] ? { ConsumedCapacity: capacities } : {}) };
    },
  };
}

function readGet(given: { Get?: Get } | null) {
  const item = given ?? {};
  requireMember(item, 'Get');
  const get = item.Get!;
  const name = tableNameOf(get);
  requireMember(get, 'Key');
  const { projection } = bindExpressions(get, ['ProjectionExpression']);
  return { name, key: readItem(get.Key), projection };
}
