import type { Action } from '../../../wire/service';
import { tableArn } from '../access';
import { describeConsumption } from '../capacity';
import { lowerBound, positionAfter } from '../entry-collection';
import { bindExpressions, type ExpressionInput } from '../expression-parameters';
import { validationError } from '../faults';
import { readKeyCondition } from '../key-condition';
import type { Entry } from '../model';
import { readPage } from '../read-page';
import { checkFilter, checkReadInput, describePage, openSource, type ReadInput, startPlace } from '../read-source';
import { checkReturnConsumedCapacity, refuseLegacy, tableNameOf, tableOf } from '../request';
import type { ServiceContext } from '../service-context';

interface QueryInput extends ExpressionInput, ReadInput {
  TableName?: string;
  ScanIndexForward?: boolean;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
export function query({ store, arns, consumed }: ServiceContext): Action<QueryInput> {
  return {
    access(input) {
      const table = tableArn(arns, input.TableName);
      return [{ action: 'dynamodb:Query', resource: input.IndexName ? `${table}/index/${input.IndexName}` : table }];
    },
    handle(input) {
      const name = tableNameOf(input);
      checkReturnConsumedCapacity(input);
      refuseLegacy(input);
      if (input.KeyConditionExpression === undefined || input.KeyConditionExpression === null) {
        throw validationError(
          'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
        );
      }
      const bound = bindExpressions(input, ['ProjectionExpression', 'FilterExpression', 'KeyConditionExpression']);
      checkReadInput(input, bound.projection !== undefined);
      const source = openSource(tableOf(store, name), input, bound.projection);
      const selection = readKeyCondition(bound.keyCondition!, source.keys);
      checkFilter(source, bound.filter);
      const entries = source.entries.partition(selection.hash);
      let [from, to] = selection.stretch(entries);
      const isForward = input.ScanIndexForward !== false;
      if (input.ExclusiveStartKey) {
        const start = startPlace(source, input.ExclusiveStartKey, 'The provided starting key is invalid');
        if (start.hash !== selection.hash) {
          throw validationError('The provided starting key is outside query boundaries based on provided conditions');
        }
        if (isForward) from = Math.max(from, positionAfter(entries, start.range, start.tie));
        else to = Math.min(to, lowerBound(entries, start.range, start.tie));
      }
      const page = readPage(walk(entries, from, to, isForward), input.Limit, bound.filter, source.itemOf);
      const { output, consumption } = describePage(source, page);
      consumed('Read', [consumption]);
      const ConsumedCapacity = describeConsumption(input.ReturnConsumedCapacity, consumption);
      return ConsumedCapacity ? { ...output, ConsumedCapacity } : output;
    },
  };
}

function* walk(entries: readonly Entry[], from: number, to: number, isForward: boolean): Generator<Entry> {
  if (isForward) for (let i = from; i < to; i++) yield entries[i]!;
  else for (let i = to - 1; i >= from; i--) yield entries[i]!;
}
