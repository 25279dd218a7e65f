import type { Caller } from '../../../wire/caller';
import type { Host } from '../../../wire/host';
import type { InvocationResult } from '../execution/invoker';
import { functionArn } from '../function-arn';
import type { AsyncInvocation, EventInvokeConfig, FunctionVersion } from '../model';
import { sendToDestination } from './destination';

/** How an asynchronous invocation ended for good. */
export interface AsyncEnd {
  readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
  /** Absent when the event never reached the function. */
  readonly result?: InvocationResult;
}

/** Sends what became of an event to the function's dead letter queue and its destination, as the function's role. */
export async function deliverAsyncResult(
  host: Host,
  caller: Caller,
  invocation: AsyncInvocation,
  version: FunctionVersion,
  config: EventInvokeConfig | undefined,
  end: AsyncEnd,
): Promise<void> {
  const isSuccess = end.condition === 'Success';
  const deliver = async (metric: string, send: () => Promise<unknown>) => {
    try {
      await send();
    } catch (error) {
      const { functionName } = invocation;
      host.metric('AWS/Lambda', metric, { FunctionName: functionName }, 1, 'Count');
      host.warn(`lambda: the result of function ${functionName} was not delivered: ${(error as Error).message}`);
    }
  };
  if (!isSuccess && version.DeadLetterTargetArn) {
    await deliver('DeadLetterErrors', () =>
      sendDeadLetter(host, caller, version.DeadLetterTargetArn!, invocation, end),
    );
  }
  const destination = isSuccess ? config?.OnSuccess : config?.OnFailure;
  if (destination) {
    const record = destinationRecord(host, invocation, end);
    await deliver('DestinationDeliveryFailures', () =>
      sendToDestination(host, caller, destination, record, {
        detailType: `Lambda Function Invocation Result - ${isSuccess ? 'Success' : 'Failure'}`,
        resources: [record.requestContext.functionArn],
      }),
    );
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function destinationRecord(host: Host, invocation: AsyncInvocation, { condition, result }: AsyncEnd) {
  const { functionName, qualifier = '$LATEST', requestId } = invocation;
  return {
    version: '1.0',
    timestamp: new Date(host.kernel.clock.now()).toISOString(),
    requestContext: {
      requestId,
      functionArn: functionArn(host.region, host.accountId, functionName, qualifier),
      condition,
      approximateInvokeCount: invocation.invokeCount,
    },
    requestPayload: JSON.parse(invocation.payload),
    ...(result && {
      responseContext: {
        statusCode: 200,
        executedVersion: result.executedVersion,
        ...(result.isError ? { functionError: 'Unhandled' } : {}),
      },
      responsePayload: JSON.parse(result.payload),
    }),
  };
}

/** The event itself, with what went wrong as message attributes. */
async function sendDeadLetter(
  host: Host,
  caller: Caller,
  targetArn: string,
  invocation: AsyncInvocation,
  { result }: AsyncEnd,
): Promise<void> {
  const error = result && (JSON.parse(result.payload) as { errorMessage?: string });
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  await sendToDestination(host, caller, targetArn, invocation.payload, {
    messageAttributes: {
      RequestID: text(invocation.requestId),
      ErrorCode: { DataType: 'Number', StringValue: result ? '200' : '429' },
      ErrorMessage: text((error?.errorMessage ?? 'Rate Exceeded.').slice(0, 1024)),
    },
  });
}
