import type { Action } from '../../wire/service';
import { itemAccess } from './access';
import { copyItem } from './attribute-value';
import { describeConsumption } from './capacity';
import { carryOutWrite } from './carry-out-write';
import { validationError } from './faults';
import { readWrite, type WriteInput } from './item-write';
import {
  checkEnum,
  checkReturnConsumedCapacity,
  enveloped,
  refuseItemCollectionMetrics,
  refuseLegacy,
} from './request';
import type { ServiceContext } from './service-context';

interface WholeItemInput extends WriteInput {
  ReturnValues?: string;
  ReturnConsumedCapacity?: string;
}

/** PutItem and DeleteItem, which replace an item as a whole and answer at most the old one. */
export function wholeItemWrite(context: ServiceContext, kind: 'put' | 'delete'): Action<WholeItemInput> {
  const { store, arns } = context;
  const isPut = kind === 'put';
  return {
    access: (input) => [
      itemAccess(store, arns, isPut ? 'PutItem' : 'DeleteItem', input.TableName, [isPut ? input.Item : input.Key]),
    ],
    handle(input) {
      const request = enveloped(() => {
        checkReturnConsumedCapacity(input);
        checkEnum(input, 'ReturnValues', ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW']);
        refuseLegacy(input);
        refuseItemCollectionMetrics(input);
        const read = readWrite(kind, input);
        if (input.ReturnValues && input.ReturnValues !== 'NONE' && input.ReturnValues !== 'ALL_OLD') {
          throw validationError('ReturnValues can only be ALL_OLD or NONE');
        }
        return read;
      });
      const { write, consumption } = carryOutWrite(context, request);
      const ConsumedCapacity = describeConsumption(input.ReturnConsumedCapacity, consumption);
      return {
        ...(write.before && input.ReturnValues === 'ALL_OLD' ? { Attributes: copyItem(write.before) } : {}),
        ...(ConsumedCapacity ? { ConsumedCapacity } : {}),
      };
    },
  };
}
