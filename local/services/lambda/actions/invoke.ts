import { invalidRequestContent, requestTooLarge, validationFailed } from '../faults';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const SYNC_PAYLOAD_LIMIT_BYTES = 6 * 2 ** 20;
const ASYNC_PAYLOAD_LIMIT_BYTES = 2 ** 20;
const LOG_TAIL_BYTES = 4096;

/** Input of Invoke; the payload is JSON. */
export interface InvokeInput {
  readonly FunctionName: string;
  readonly Qualifier?: string;
  readonly InvocationType?: 'RequestResponse' | 'Event' | 'DryRun';
  readonly LogType?: 'None' | 'Tail';
  /** Base64 of JSON. */
  readonly ClientContext?: string;
  readonly Payload?: Buffer | string;
}

/** Output of Invoke. */
export interface InvokeOutput {
  readonly StatusCode: number;
  readonly FunctionError?: 'Unhandled';
  /** Base64 of the last 4 KB of the log. */
  readonly LogResult?: string;
  readonly ExecutedVersion?: string;
  readonly Payload: Buffer;
  /** What the invocation's log calls it; on the wire it is a header. */
  readonly RequestId?: string;
}

/** Runs a function: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const invoke: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'InvokeFunction'),
  async handle(input: InvokeInput, call): Promise<InvokeOutput> {
    const { store, invoker, asyncInvoker, host } = parts;
    const reference = readFunctionReference(input.FunctionName, input.Qualifier);
    // What is invoked is always a version: a function that is not there is missed as `…:$LATEST`.
    const { functionName, qualifier = '$LATEST' } = reference;
    const version = store.resolve({ functionName, qualifier }, host.kernel.random.next());
    const type = input.InvocationType ?? 'RequestResponse';
    if (!['RequestResponse', 'Event', 'DryRun'].includes(type)) {
      throw validationFailed(
        'invocationType',
        type,
        'Member must satisfy enum value set: [Event, RequestResponse, DryRun]',
      );
    }
    if (type === 'DryRun') return { StatusCode: 204, ExecutedVersion: version.Version, Payload: Buffer.alloc(0) };
    const payload = payloadOf(input, type === 'Event' ? ASYNC_PAYLOAD_LIMIT_BYTES : SYNC_PAYLOAD_LIMIT_BYTES);
    if (type === 'Event') {
      checkJson(payload);
      asyncInvoker.accept({ ...reference, payload, requestId: call.requestId, traceHeader: call.traceHeader });
      return { StatusCode: 202, Payload: Buffer.alloc(0) };
    }
    const result = await invoker.invoke({
      version,
      qualifier: reference.qualifier,
      payload,
      requestId: call.requestId,
      traceOrigin: { header: call.traceHeader },
      clientContext: decodeClientContext(input.ClientContext),
      reservedConcurrency: store.function(reference.functionName).reservedConcurrency,
    });
    return {
      StatusCode: 200,
      FunctionError: result.isError ? 'Unhandled' : undefined,
      LogResult:
        input.LogType === 'Tail' ? tailOf(result.log.map(({ message }) => `${message}\n`).join('')) : undefined,
      ExecutedVersion: result.executedVersion,
      Payload: Buffer.from(result.payload),
      RequestId: call.requestId,
    };
  },
});

function payloadOf({ Payload }: InvokeInput, limitBytes: number): string {
  if (Payload === undefined || Payload.length === 0) return '{}';
  const size = Buffer.byteLength(Payload);
  if (size > limitBytes) throw requestTooLarge(size, limitBytes);
  return typeof Payload === 'string' ? Payload : Buffer.from(Payload).toString('utf8');
}

function checkJson(payload: string): void {
  try {
    JSON.parse(payload);
  } catch (error) {
    throw invalidRequestContent((error as Error).message);
  }
}

function decodeClientContext(clientContext: string | undefined): string | undefined {
  if (clientContext === undefined) return undefined;
  const text = Buffer.from(clientContext, 'base64').toString('utf8');
  try {
    JSON.parse(text);
  } catch (error) {
    throw invalidRequestContent(
      `Client context must be a valid Base64-encoded JSON object. ${(error as Error).message}`,
    );
  }
  return text;
}

function tailOf(log: string): string {
  return Buffer.from(log).subarray(-LOG_TAIL_BYTES).toString('base64');
}
