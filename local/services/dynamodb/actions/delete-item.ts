import type { Action } from '../../../wire/service';
import type { ServiceContext } from '../service-context';
import { wholeItemWrite } from '../whole-item-write';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html */
export function deleteItem(context: ServiceContext): Action {
  return wholeItemWrite(context, 'delete');
}
