import type { Action } from '../../../wire/service';
import { itemAccess } from '../access';
import { type Consumption, describeConsumption, mergeConsumptions, writeConsumption } from '../capacity';
import { validationError } from '../faults';
import { checkWrite, type PlacedWrite, placeWrite, readWrite } from '../item-write';
import { identityOf } from '../key-schema';
import { checkReturnConsumedCapacity, constraintError, listOf, refuseItemCollectionMetrics } from '../request';
import type { ServiceContext } from '../service-context';

const WRITES_LIMIT = 25;

interface WriteRequestInput {
  PutRequest?: { Item?: Record<string, unknown> };
  DeleteRequest?: { Key?: Record<string, unknown> };
}

interface BatchWriteItemInput {
  RequestItems?: Record<string, WriteRequestInput[]>;
  ReturnConsumedCapacity?: string;
}

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
 * A write of an item that a transaction holds comes back in `UnprocessedItems`.
 */
export function batchWriteItem({ store, arns, consumed }: ServiceContext): Action<BatchWriteItemInput> {
  return {
    access: (input) =>
      Object.entries(input.RequestItems ?? {}).map(([name, writes]) =>
        itemAccess(
          store,
          arns,
          'BatchWriteItem',
          name,
          listOf(writes).map((write) => write?.PutRequest?.Item ?? write?.DeleteRequest?.Key),
        ),
      ),
    handle(input) {
      checkReturnConsumedCapacity(input);
      refuseItemCollectionMetrics(input);
      const writes = readWrites(input.RequestItems).map(({ given, raw, request }) => ({
        given,
        raw,
        placed: placeWrite(store, request),
      }));
      refuseDuplicates(writes.map(({ placed }) => placed));
      const UnprocessedItems: Record<string, WriteRequestInput[]> = {};
      const consumptions: Consumption[] = [];
      for (const { given, raw, placed } of writes) {
        if (placed.table.isHeld(placed.place)) {
          UnprocessedItems[given] = [...(UnprocessedItems[given] ?? []), raw];
          continue;
        }
        const write = checkWrite(placed);
        const indexWrites = write.table.write(write.place, write.after, write.afterBytes);
        consumptions.push(writeConsumption(write.table, Math.max(write.beforeBytes, write.afterBytes), indexWrites));
      }
      consumed('Write', consumptions);
      const capacities = mergeConsumptions(consumptions).map((sum) =>
        describeConsumption(input.ReturnConsumedCapacity, sum),
      );
      return { UnprocessedItems, ...(capacities[0] ? { ConsumedCapacity: capacities } : {}) };
    },
  };
}

function readWrites(requestItems: BatchWriteItemInput['RequestItems']) {
  if (!requestItems) {
    throw constraintError("Value null at 'requestItems' failed to satisfy constraint: Member must not be null");
  }
  const entries = Object.entries(requestItems);
  if (entries.length === 0) {
    throw constraintError(
      "Value at 'RequestItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  }
  const total = entries.reduce((sum, [, writes]) => sum + listOf(writes).length, 0);
  if (total > WRITES_LIMIT) throw validationError('Too many items requested for the BatchWriteItem call');
  return entries.flatMap(([given, writes]) => {
    if (writes.length === 0) {
      throw constraintError(
        `Value '[]' at 'requestItems.${given}.member' failed to satisfy constraint: ` +
          'Member must have length greater than or equal to 1',
      );
    }
    return writes.map((raw) => ({ given, raw, request: readOne(given, raw ?? {}) }));
  });
}

function readOne(TableName: string, { PutRequest, DeleteRequest }: WriteRequestInput) {
  if (PutRequest && DeleteRequest) {
    throw validationError(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  if (PutRequest) return readWrite('put', { TableName, Item: PutRequest.Item });
  if (DeleteRequest) return readWrite('delete', { TableName, Key: DeleteRequest.Key });
  throw validationError('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
}

function refuseDuplicates(writes: readonly PlacedWrite[]): void {
  const seen = new Set<string>();
  for (const { table, place } of writes) {
    const item = `${table.definition.id} ${identityOf(place)}`;
    if (seen.has(item)) throw validationError('Provided list of item keys contains duplicates');
    seen.add(item);
  }
}
