import type { Action } from '../../../wire/service';
import { tableArn } from '../access';
import { describeConsumption } from '../capacity';
import { scanSegment } from '../entry-collection';
import { bindExpressions, type ExpressionInput } from '../expression-parameters';
import { validationError } from '../faults';
import { readPage } from '../read-page';
import { checkReadInput, describePage, openSource, type ReadInput, startPlace } from '../read-source';
import { checkReturnConsumedCapacity, refuseLegacy, tableNameOf, tableOf } from '../request';
import type { ServiceContext } from '../service-context';

const MISMATCH = 'The provided starting key is invalid: The provided key element does not match the schema';
const SEGMENTS_LIMIT = 1_000_000;

interface ScanInput extends ExpressionInput, ReadInput {
  TableName?: string;
  Segment?: number;
  TotalSegments?: number;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html */
export function scan({ store, arns, consumed }: ServiceContext): Action<ScanInput> {
  return {
    access(input) {
      const table = tableArn(arns, input.TableName);
      return [{ action: 'dynamodb:Scan', resource: input.IndexName ? `${table}/index/${input.IndexName}` : table }];
    },
    handle(input) {
      const name = tableNameOf(input);
      checkReturnConsumedCapacity(input);
      refuseLegacy(input);
      const { segment, segments } = segmentOf(input);
      const bound = bindExpressions(input, ['ProjectionExpression', 'FilterExpression']);
      checkReadInput(input, bound.projection !== undefined);
      const source = openSource(tableOf(store, name), input, bound.projection);
      const start = input.ExclusiveStartKey && startPlace(source, input.ExclusiveStartKey, MISMATCH);
      if (start && segments > 1 && scanSegment(start.hash, segments) !== segment) {
        throw validationError(
          'The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct ' +
            `Segment. TotalSegments: ${segments} Segment: ${segment}`,
        );
      }
      const entries = source.entries.scan(segment, segments, start);
      const page = readPage(entries, input.Limit, bound.filter, source.itemOf);
      const { output, consumption } = describePage(source, page);
      consumed('Read', [consumption]);
      const ConsumedCapacity = describeConsumption(input.ReturnConsumedCapacity, consumption);
      return ConsumedCapacity ? { ...output, ConsumedCapacity } : output;
    },
  };
}

function segmentOf({ Segment, TotalSegments }: ScanInput): { segment: number; segments: number } {
  if (Segment === undefined && TotalSegments === undefined) return { segment: 0, segments: 1 };
  if (TotalSegments === undefined) {
    throw validationError(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  }
  if (Segment === undefined) {
    throw validationError(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  }
  if (!(TotalSegments >= 1 && TotalSegments <= SEGMENTS_LIMIT)) {
    throw validationError(
      `1 validation error detected: Value '${TotalSegments}' at 'totalSegments' failed to satisfy constraint: ` +
        `Member must have value ${TotalSegments < 1 ? 'greater than or equal to 1' : `less than or equal to ${SEGMENTS_LIMIT}`}`,
    );
  }
  if (!(Segment >= 0 && Segment < TotalSegments)) {
    throw validationError(
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: ' +
        `Segment: ${Segment} is not less than TotalSegments: ${TotalSegments}`,
    );
  }
  return { segment: Segment, segments: TotalSegments };
}
