/**
 * Owns the fate of one batch of a stream: invocation, bisection, retries, expiry, on-failure destination. Resolves when every
 * record of the batch is done with, so that the order of the stream is kept.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-errors.html
 */

import { sendToDestination } from '../asynchronous/destination';
import type { InvocationResult } from '../execution/invoker';
import type { LambdaParts } from '../lambda-parts';
import type { EventSourceMapping } from '../model';
import { readBatchItemFailures } from './batch-item-failures';
import { createdAtMs, type StreamRecord, streamEventRecord } from './stream-record';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 60_000;

interface Segment {
  readonly records: readonly StreamRecord[];
  /** Invocations of exactly these records that failed. */
  readonly failures: number;
}

/** What a batch needs of its poller. */
export interface StreamBatchContext {
  readonly parts: LambdaParts;
  readonly mapping: EventSourceMapping;
  readonly shardId: string;
  isStopped(): boolean;
  /** Resolves after a time on the kernel's clock, or at once when the poller stops. */
  pause(durationMs: number): Promise<void>;
  /** Records up to this one are done with. */
  done(sequenceNumber: string): void;
  warn(problem: string): void;
}

/** Brings a batch to its end; returns early only when the poller stops. */
export async function processStreamBatch(context: StreamBatchContext, records: readonly StreamRecord[]): Promise<void> {
  const segments: Segment[] = [{ records, failures: 0 }];
  let throttles = 0;
  while (segments.length > 0 && !context.isStopped()) {
    const segment = await dropExpired(context, segments.shift()!);
    if (segment.records.length === 0) continue;
    const result = await invoke(context, segment.records);
    if (!result) {
      segments.unshift(segment);
      await context.pause(pauseMs(throttles++));
      continue;
    }
    // A worker that was ended with the embedded AWS says nothing about its batch.
    if (result.isError && context.isStopped()) return;
    throttles = 0;
    const failedFrom = firstFailure(context.mapping, result, segment.records);
    if (failedFrom > 0) context.done(segment.records[failedFrom - 1]!.dynamodb.SequenceNumber);
    if (failedFrom === segment.records.length) continue;
    const rest = await retryOrGiveUp(context, segment, failedFrom, result);
    segments.unshift(...rest);
    if (rest.length > 0) await context.pause(pauseMs(rest[0]!.failures));
  }
}

/** Index of the first record that must be tried again; the number of records when none must. */
function firstFailure(mapping: EventSourceMapping, result: InvocationResult, records: readonly StreamRecord[]): number {
  if (result.isError) return 0;
  if (!mapping.ReportBatchItemFailures) return records.length;
  const numbers = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
  const failed = readBatchItemFailures(result.payload, numbers);
  if (failed === 'all') return 0;
  return failed.length === 0 ? records.length : Math.min(...failed.map((number) => numbers.indexOf(number)));
}

async function retryOrGiveUp(
  context: StreamBatchContext,
  segment: Segment,
  failedFrom: number,
  result: InvocationResult,
): Promise<Segment[]> {
  const { mapping } = context;
  const records = segment.records.slice(failedFrom);
  if (failedFrom > 0) return [{ records, failures: 0 }];
  // A batch that is split does not spend one of its retries.
  if (mapping.BisectBatchOnFunctionError && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    return [
      { records: records.slice(0, middle), failures: 0 },
      { records: records.slice(middle), failures: 0 },
    ];
  }
  const failures = segment.failures + 1;
  if (mapping.MaximumRetryAttempts < 0 || failures <= mapping.MaximumRetryAttempts) return [{ records, failures }];
  await giveUp(context, records, 'RetryAttemptsExhausted', failures, result);
  return [];
}

/** Records beyond MaximumRecordAgeInSeconds go to the destination untried. */
async function dropExpired(context: StreamBatchContext, segment: Segment): Promise<Segment> {
  const { mapping, parts } = context;
  if (mapping.MaximumRecordAgeInSeconds < 0) return segment;
  const oldestMs = parts.host.kernel.clock.now() - mapping.MaximumRecordAgeInSeconds * 1000;
  const firstYoung = segment.records.findIndex((record) => createdAtMs(record) >= oldestMs);
  const expired = firstYoung < 0 ? segment.records.length : firstYoung;
  if (expired === 0) return segment;
  await giveUp(context, segment.records.slice(0, expired), 'RecordAgeExceeded', segment.failures, undefined);
  return { ...segment, records: segment.records.slice(expired) };
}

async function invoke(
  context: StreamBatchContext,
  records: readonly StreamRecord[],
): Promise<InvocationResult | undefined> {
  const { store, invoker, host } = context.parts;
  const { functionName, qualifier, EventSourceArn } = context.mapping;
  try {
    return await invoker.invoke({
      version: store.resolve({ functionName, qualifier }, host.kernel.random.next()),
      qualifier,
      payload: JSON.stringify({ Records: records.map((record) => streamEventRecord(record, EventSourceArn)) }),
      requestId: host.kernel.random.uuid(),
      reservedConcurrency: store.function(functionName).reservedConcurrency,
    });
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code !== 'TooManyRequestsException') context.warn(`cannot invoke: ${message}`);
    return undefined;
  }
}

async function giveUp(
  context: StreamBatchContext,
  records: readonly StreamRecord[],
  condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded',
  invokeCount: number,
  result: InvocationResult | undefined,
): Promise<void> {
  const { parts, mapping } = context;
  const { host, store, invoker } = parts;
  if (mapping.OnFailure) {
    const record = failureRecord(context, records, condition, invokeCount, result);
    try {
      const caller = invoker.callerOf(store.function(mapping.functionName).latest);
      await sendToDestination(host, caller, mapping.OnFailure, record);
    } catch (error) {
      const dimensions = { FunctionName: mapping.functionName };
      host.metric('AWS/Lambda', 'DestinationDeliveryFailures', dimensions, 1, 'Count');
      context.warn(`lost a failed batch: ${(error as Error).message}`);
    }
  }
  context.done(records.at(-1)!.dynamodb.SequenceNumber);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html: pointers, not the records themselves. */
function failureRecord(
  { parts, mapping, shardId }: StreamBatchContext,
  records: readonly StreamRecord[],
  condition: string,
  approximateInvokeCount: number,
  result: InvocationResult | undefined,
) {
  const { host, store } = parts;
  const first = records[0]!;
  const last = records.at(-1)!;
  const iso = (atMs: number) => new Date(atMs).toISOString();
  return {
    requestContext: {
      requestId: host.kernel.random.uuid(),
      functionArn: store.arnOf(mapping),
      condition,
      approximateInvokeCount,
    },
    ...(result && {
      responseContext: {
        statusCode: 200,
        executedVersion: result.executedVersion,
        functionError: result.isError ? 'Unhandled' : null,
      },
    }),
    version: '1.0',
    timestamp: iso(host.kernel.clock.now()),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first.dynamodb.SequenceNumber,
      endSequenceNumber: last.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: iso(createdAtMs(first)),
      approximateArrivalOfLastRecord: iso(createdAtMs(last)),
      batchSize: records.length,
      streamArn: mapping.EventSourceArn,
    },
  };
}

function pauseMs(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 20));
}
