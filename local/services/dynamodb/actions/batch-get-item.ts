import type { Action } from '../../../wire/service';
import { itemAccess } from '../access';
import { copyItem, readItem } from '../attribute-value';
import { type Consumption, describeConsumption, mergeConsumptions, readUnits } from '../capacity';
import { bindExpressions, type ExpressionInput } from '../expression-parameters';
import { project } from '../expressions/projection';
import { validationError } from '../faults';
import { identityOf, placeOfKey } from '../key-schema';
import type { Item } from '../model';
import { checkReturnConsumedCapacity, constraintError, listOf, refuseLegacy, tableNameOf, tableOf } from '../request';
import type { ServiceContext } from '../service-context';

const KEYS_LIMIT = 100;
const ANSWER_LIMIT_BYTES = 16 * 1024 * 1024;

interface TableKeys extends ExpressionInput {
  Keys?: unknown[];
  ConsistentRead?: boolean;
}

interface BatchGetItemInput {
  RequestItems?: Record<string, TableKeys>;
  ReturnConsumedCapacity?: string;
}

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 * Keys beyond 16 MB of answer come back as `UnprocessedKeys`; nothing else leaves keys unprocessed here.
 */
export function batchGetItem({ store, arns, consumed }: ServiceContext): Action<BatchGetItemInput> {
  return {
    access: (input) =>
      Object.entries(input.RequestItems ?? {}).map(([name, request]) =>
        itemAccess(store, arns, 'BatchGetItem', name, listOf(request?.Keys)),
      ),
    handle(input) {
      checkReturnConsumedCapacity(input);
      const requests = readRequests(input.RequestItems).map(({ given, request, keys, ...rest }) => {
        const table = tableOf(store, rest.name);
        const places = keys.map((key) => placeOfKey(table.definition.keys, key));
        if (new Set(places.map(identityOf)).size < places.length) {
          throw validationError('Provided list of item keys contains duplicates');
        }
        return { given, request, table, places, projection: rest.projection };
      });
      const Responses: Record<string, Item[]> = {};
      const UnprocessedKeys: Record<string, TableKeys> = {};
      const consumptions: Consumption[] = [];
      let answerBytes = 0;
      for (const { given, request, table, places, projection } of requests) {
        const items: Item[] = [];
        const unprocessed: unknown[] = [];
        let tableUnits = 0;
        for (const [i, place] of places.entries()) {
          const entry = table.entry(place);
          if (answerBytes + (entry?.sizeBytes ?? 0) > ANSWER_LIMIT_BYTES) {
            unprocessed.push(request.Keys![i]);
            continue;
          }
          answerBytes += entry?.sizeBytes ?? 0;
          tableUnits += readUnits(entry?.sizeBytes ?? 0, request.ConsistentRead ? 'consistent' : 'eventual');
          if (entry) items.push(projection ? project(entry.item, projection) : copyItem(entry.item));
        }
        Responses[given] = items;
        if (unprocessed.length > 0) UnprocessedKeys[given] = { ...request, Keys: unprocessed };
        consumptions.push({ tableName: table.definition.name, tableUnits, indexes: [] });
      }
      consumed('Read', consumptions);
      const capacities = mergeConsumptions(consumptions).map((sum) =>
        describeConsumption(input.ReturnConsumedCapacity, sum),
      );
      return {
        Responses,
        UnprocessedKeys,
        ...(capacities[0] ? { ConsumedCapacity: capacities } : {}),
      };
    },
  };
}

function readRequests(requestItems: BatchGetItemInput['RequestItems']) {
  const entries = Object.entries(requestItems ?? {});
  if (!requestItems) {
    throw constraintError("Value null at 'requestItems' failed to satisfy constraint: Member must not be null");
  }
  if (entries.length === 0) {
    throw constraintError(
      "Value at 'RequestItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  }
  const total = entries.reduce((sum, [, { Keys }]) => sum + listOf(Keys).length, 0);
  return entries.map(([given, request]) => {
    const name = tableNameOf({ TableName: given });
    const path = `RequestItems.${given}.member.Keys`;
    const count = request.Keys?.length ?? 0;
    if (count === 0 || count > KEYS_LIMIT) {
      const bound = count === 0 ? 'greater than or equal to 1' : `less than or equal to ${KEYS_LIMIT}`;
      throw constraintError(`Value at '${path}' failed to satisfy constraint: Member must have length ${bound}`);
    }
    if (total > KEYS_LIMIT) throw validationError('Too many items requested for the BatchGetItem call');
    refuseLegacy(request);
    const { projection } = bindExpressions(request, ['ProjectionExpression']);
    return { given, name, request, keys: request.Keys!.map(readItem), projection };
  });
}
