import { AwsError } from '../../../wire/aws-error';
import type { Action } from '../../../wire/service';
import { itemAccess } from '../access';
import { type Consumption, describeConsumption, mergeConsumptions, readUnits, writeConsumption } from '../capacity';
import { type CancellationReason, transactionCanceled, validationError } from '../faults';
import {
  type CheckedWrite,
  checkWrite,
  type PlacedWrite,
  placeWrite,
  readWrite,
  type WriteInput,
  type WriteKind,
} from '../item-write';
import { identityOf } from '../key-schema';
import {
  checkListLength,
  checkReturnConsumedCapacity,
  constraintError,
  listOf,
  refuseItemCollectionMetrics,
  requireMember,
} from '../request';
import type { ServiceContext } from '../service-context';

const ACTIONS_LIMIT = 100;
const SIZE_LIMIT_BYTES = 4 * 1024 * 1024;
const TOKEN_LIMIT = 36;

const KINDS = {
  Put: { kind: 'put', permission: 'PutItem' },
  Update: { kind: 'update', permission: 'UpdateItem' },
  Delete: { kind: 'delete', permission: 'DeleteItem' },
  ConditionCheck: { kind: 'check', permission: 'ConditionCheckItem' },
} as const satisfies Record<string, { kind: WriteKind; permission: string }>;

type TransactItem = Partial<Record<keyof typeof KINDS, WriteInput>>;

interface TransactWriteItemsInput {
  TransactItems?: TransactItem[];
  ClientRequestToken?: string;
  ReturnConsumedCapacity?: string;
}

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 *
 * A transaction is checked, holds its items for `transactionMilliseconds`, and is then carried out as one
 * (ongoing-transactions.ts). While it holds an item, other transactions on it are cancelled with `TransactionConflict`, plain writes of it fail with
 * `TransactionConflictException`, and reads see it as it was before.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
 */
export function transactWriteItems(context: ServiceContext): Action<TransactWriteItemsInput> {
  const { store, arns } = context;
  return {
    access: (input) =>
      listOf(input.TransactItems).flatMap((item) =>
        entriesOf(item).map(([name, write]) =>
          itemAccess(store, arns, KINDS[name].permission, write.TableName, [write.Item ?? write.Key]),
        ),
      ),
    handle(input) {
      checkMembers(input);
      const requests = input.TransactItems!.map(readAction);
      const writes = requests.map((request) => placeWrite(store, request));
      refuseTwoOnOneItem(writes);
      const token = input.ClientRequestToken;
      if (token !== undefined && !store.tokens.begin(token, input.TransactItems)) return repeated(input, writes);
      let checked: CheckedWrite[];
      try {
        checked = checkAll(writes);
      } catch (error) {
        if (token !== undefined) store.tokens.forget(token);
        throw error;
      }
      const finish = () => {
        const consumptions = carryOut(checked);
        if (token !== undefined) store.tokens.finish(token);
        context.consumed('Write', consumptions);
        return answer(input, consumptions);
      };
      for (const { table, place } of checked) table.hold(place);
      return context.transactions.begin(() => {
        for (const { table, place } of checked) table.release(place);
        return finish();
      });
    },
  };
}

function entriesOf(item: TransactItem): [keyof typeof KINDS, WriteInput][] {
  return (Object.keys(KINDS) as (keyof typeof KINDS)[])
    .filter((name) => item?.[name])
    .map((name) => [name, item[name]!]);
}

function checkMembers(input: TransactWriteItemsInput): void {
  const token = input.ClientRequestToken;
  if (token !== undefined && token.length > TOKEN_LIMIT) {
    throw constraintError(
      `Value at 'ClientRequestToken' failed to satisfy constraint: Member must have length less than or equal to ${TOKEN_LIMIT}`,
    );
  }
  checkReturnConsumedCapacity(input);
  refuseItemCollectionMetrics(input);
  checkListLength('transactItems', input.TransactItems, ACTIONS_LIMIT);
}

function readAction(item: TransactItem) {
  const entries = entriesOf(item);
  if (entries.length !== 1) {
    throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const [name, write] = entries[0]!;
  if (name === 'Update') requireMember(write, 'UpdateExpression');
  if (name === 'ConditionCheck') requireMember(write, 'ConditionExpression');
  return readWrite(KINDS[name].kind, write);
}

function refuseTwoOnOneItem(writes: readonly PlacedWrite[]): void {
  const seen = new Set<string>();
  for (const { table, place } of writes) {
    const item = `${table.definition.id} ${identityOf(place)}`;
    if (seen.has(item)) {
      throw validationError('Transaction request cannot include multiple operations on one item');
    }
    seen.add(item);
  }
}

/** Every write checked, or the cancellation with a reason for each. */
function checkAll(writes: readonly PlacedWrite[]): CheckedWrite[] {
  const checked: CheckedWrite[] = [];
  const reasons = writes.map((write): CancellationReason => {
    if (write.table.isHeld(write.place)) {
      return { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' };
    }
    try {
      checked.push(checkWrite(write));
      return { Code: 'None' };
    } catch (error) {
      return reasonOf(error);
    }
  });
  if (checked.length < writes.length) throw transactionCanceled(reasons);
  const bytes = checked.reduce((sum, { beforeBytes, afterBytes }) => sum + Math.max(beforeBytes, afterBytes), 0);
  if (bytes > SIZE_LIMIT_BYTES) {
    throw validationError('The aggregate size of the items in the transaction exceeds 4 MB');
  }
  return checked;
}

function reasonOf(error: unknown): CancellationReason {
  if (!(error instanceof AwsError)) throw error;
  if (error.code === 'ConditionalCheckFailedException') {
    return { Code: 'ConditionalCheckFailed', Message: error.message, ...error.details };
  }
  return { Code: 'ValidationError', Message: error.message };
}

function carryOut(writes: readonly CheckedWrite[]): Consumption[] {
  return writes.map(({ request, table, place, after, beforeBytes, afterBytes }) => {
    const indexWrites = request.kind === 'check' ? [] : table.write(place, after, afterBytes);
    return writeConsumption(table, Math.max(beforeBytes, afterBytes), indexWrites, true);
  });
}

/** A request whose token was used for the same before: AWS answers what reading the items takes. */
function repeated(input: TransactWriteItemsInput, writes: readonly PlacedWrite[]): object {
  const consumptions = writes.map(({ table, place }) => ({
    tableName: table.definition.name,
    tableUnits: readUnits(table.entry(place)?.sizeBytes ?? 0, 'transaction'),
    indexes: [],
  }));
  return answer(input, consumptions);
}

function answer(input: TransactWriteItemsInput, consumptions: readonly Consumption[]): object {
  const capacities = mergeConsumptions(consumptions).map((sum) =>
    describeConsumption(input.ReturnConsumedCapacity, sum),
  );
  return capacities[0] ? { ConsumedCapacity: capacities } : {};
}
