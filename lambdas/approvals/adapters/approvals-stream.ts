import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { Invocation } from '../../shared/invocation';
import { errorFields } from '../../shared/observability/log';
import type { Observability } from '../../shared/observability/observe';
import { fromRequestRow, requestIdOfKey } from './request-rows';

/**
 * Carries out what the rows of the approvals table say is due, one row after another, each as it is now. Answers with
 * the first record that failed: Lambda delivers the stream again from there, and what is ticked off by then is not
 * done again. https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function createApprovalsStreamHandler(
  carryOut: (requestId: string) => Promise<void>,
  { log, meter }: Observability,
) {
  return async ({ Records }: DynamoDBStreamEvent, _invocation: Invocation): Promise<DynamoDBBatchResponse> => {
    const failed: string[] = [];
    for (const { dynamodb } of Records) {
      if (dynamodb?.NewImage?.effectsDue?.S !== 'yes') continue;
      const requestId = requestIdOfKey(dynamodb.Keys?.pk?.S ?? '');
      try {
        await carryOut(requestId);
      } catch (error) {
        meter.count('ApprovalEffectFailed');
        const row = dynamodb.NewImage as Record<string, AttributeValue>;
        const correlationId = row.request && fromRequestRow(row).correlationId;
        log.error('An effect failed; the stream is read again from there', {
          requestId,
          correlationId,
          ...errorFields(error),
        });
        failed.push(dynamodb.SequenceNumber ?? '');
      }
    }
    return { batchItemFailures: failed.slice(0, 1).map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
