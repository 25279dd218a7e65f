import { writeConsumption } from './capacity';
import { transactionConflict } from './faults';
import { checkWrite, placeWrite, type WriteRequest } from './item-write';
import type { ServiceContext } from './service-context';

/** Checks a single write and makes it; throws when its condition fails or a transaction holds the item. */
export function carryOutWrite({ store, consumed }: ServiceContext, request: WriteRequest) {
  const placed = placeWrite(store, request);
  if (placed.table.isHeld(placed.place)) throw transactionConflict();
  const write = checkWrite(placed);
  const indexWrites = write.table.write(write.place, write.after, write.afterBytes);
  const consumption = writeConsumption(write.table, Math.max(write.beforeBytes, write.afterBytes), indexWrites);
  consumed('Write', [consumption]);
  return { write, consumption };
}
