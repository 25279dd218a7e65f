import type { Action } from '../../../wire/service';
import { itemAccess } from '../access';
import { copyItem } from '../attribute-value';
import { describeConsumption } from '../capacity';
import { carryOutWrite } from '../carry-out-write';
import { project } from '../expressions/projection';
import { type CheckedWrite, readWrite, type WriteInput } from '../item-write';
import type { Item } from '../model';
import {
  checkEnum,
  checkReturnConsumedCapacity,
  enveloped,
  refuseItemCollectionMetrics,
  refuseLegacy,
} from '../request';
import type { ServiceContext } from '../service-context';

interface UpdateItemInput extends WriteInput {
  ReturnValues?: string;
  ReturnConsumedCapacity?: string;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html */
export function updateItem(context: ServiceContext): Action<UpdateItemInput> {
  const { store, arns } = context;
  return {
    access: (input) => [itemAccess(store, arns, 'UpdateItem', input.TableName, [input.Key])],
    handle(input) {
      const request = enveloped(() => {
        checkReturnConsumedCapacity(input);
        checkEnum(input, 'ReturnValues', ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW']);
        refuseLegacy(input);
        refuseItemCollectionMetrics(input);
        return readWrite('update', input);
      });
      const { write, consumption } = carryOutWrite(context, request);
      const attributes = returnedAttributes(input.ReturnValues, write);
      const ConsumedCapacity = describeConsumption(input.ReturnConsumedCapacity, consumption);
      return {
        ...(attributes ? { Attributes: attributes } : {}),
        ...(ConsumedCapacity ? { ConsumedCapacity } : {}),
      };
    },
  };
}

/** `UPDATED_*` give only what stands at the paths of the update; nothing at all when nothing does. */
function returnedAttributes(mode: string | undefined, write: CheckedWrite): Item | undefined {
  if (mode === 'ALL_OLD') return write.before && copyItem(write.before);
  if (mode === 'ALL_NEW') return copyItem(write.after!);
  const paths = (write.request.expressions.update ?? []).map((clause) => clause.path);
  const item = mode === 'UPDATED_OLD' ? write.before : mode === 'UPDATED_NEW' ? write.after : undefined;
  if (!item) return undefined;
  const attributes = project(item, paths);
  return Object.keys(attributes).length > 0 ? attributes : undefined;
}
