/**
 * Owns asynchronous invocations: a queue in the store, retries on the clock, dead letters and destinations.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 *
 * Invariants
 * 1. An accepted event is invoked at least once, or reported as dropped.
 * 2. An event leaves the queue when what became of it has been delivered: what a process leaves, the next one goes on with.
 * 3. A function error is retried after one minute, then after two; a throttle with growing pauses for as long as the event may live.
 */
import type { Host } from '../../../wire/host';
import type { InvocationResult, Invoker } from '../execution/invoker';
import type { FunctionReference } from '../function-arn';
import type { AsyncInvocation, EventInvokeConfig, FunctionVersion } from '../model';
import type { LambdaStore } from '../store';
import { type AsyncEnd, deliverAsyncResult } from './async-result';

const RETRY_DELAYS_MS = [60_000, 120_000];
const DEFAULT_RETRY_ATTEMPTS = 2;
const DEFAULT_EVENT_AGE_SECONDS = 6 * 3600;
const THROTTLE_FIRST_MS = 1000;
const THROTTLE_LONGEST_MS = 5 * 60_000;

/** An event to be invoked later. */
export interface AsyncRequest extends FunctionReference {
  /** JSON. */
  readonly payload: string;
  readonly requestId: string;
  readonly traceHeader?: string;
}

/** See the head of this file. */
export class AsyncInvoker {
  private isStopped = false;

  constructor(
    private readonly host: Host,
    private readonly store: LambdaStore,
    private readonly invoker: Invoker,
  ) {}

  /** Takes an event; it runs as soon as the caller is answered. */
  accept(request: AsyncRequest): void {
    const nowMs = this.host.kernel.clock.now();
    const invocation: AsyncInvocation = {
      ...request,
      acceptedAtMs: nowMs,
      invokeCount: 0,
      throttleCount: 0,
      nextAtMs: nowMs,
    };
    this.store.enqueueAsync(invocation);
    this.schedule(invocation);
    const { functionName: FunctionName } = request;
    this.host.metric('AWS/Lambda', 'AsyncEventsReceived', { FunctionName }, 1, 'Count');
  }

  /** Goes on with the events that an earlier process left waiting, or was running when it ended: those run again. */
  resume(): void {
    for (const invocation of this.store.pendingAsync()) this.schedule(invocation);
  }

  stop(): void {
    this.isStopped = true;
  }

  private schedule(invocation: AsyncInvocation): void {
    this.host.kernel.clock.schedule(invocation.nextAtMs, () => {
      if (!this.isStopped) void this.attempt(invocation);
    });
  }

  private async attempt(invocation: AsyncInvocation): Promise<void> {
    const { clock, random } = this.host.kernel;
    let version: FunctionVersion;
    let config: EventInvokeConfig | undefined;
    try {
      version = this.store.resolve(invocation, random.next());
      const entry = this.store.function(invocation.functionName);
      config = entry.eventInvokeConfigs.get(invocation.qualifier ?? '$LATEST');
      const maxAgeMs = (config?.MaximumEventAgeInSeconds ?? DEFAULT_EVENT_AGE_SECONDS) * 1000;
      if (clock.now() - invocation.acceptedAtMs > maxAgeMs) {
        await this.finish(invocation, version, config, { condition: 'EventAgeExceeded' });
        return;
      }
      const age = Math.max(0, clock.now() - invocation.acceptedAtMs);
      this.metric(invocation, 'AsyncEventAge', age, 'Milliseconds');
      const result = await this.invoker.invoke({
        version,
        qualifier: invocation.qualifier,
        payload: invocation.payload,
        requestId: invocation.requestId,
        traceOrigin: { header: invocation.traceHeader },
        reservedConcurrency: entry.reservedConcurrency,
      });
      await this.settle({ ...invocation, invokeCount: invocation.invokeCount + 1 }, version, config, result);
    } catch (error) {
      this.throttled(invocation, error as { code?: string; message: string });
    }
  }

  private async settle(
    invocation: AsyncInvocation,
    version: FunctionVersion,
    config: EventInvokeConfig | undefined,
    result: InvocationResult,
  ): Promise<void> {
    if (!result.isError) {
      await this.finish(invocation, version, config, { condition: 'Success', result });
      return;
    }
    // The worker was ended with the embedded AWS: the event runs again when that is started again.
    if (this.isStopped) return;
    const attempts = config?.MaximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS;
    if (invocation.invokeCount > attempts) {
      await this.finish(invocation, version, config, { condition: 'RetriesExhausted', result });
      return;
    }
    const delayMs = RETRY_DELAYS_MS[Math.min(invocation.invokeCount, RETRY_DELAYS_MS.length) - 1]!;
    const nextAtMs = this.host.kernel.clock.now() + delayMs;
    const maxAgeMs = (config?.MaximumEventAgeInSeconds ?? DEFAULT_EVENT_AGE_SECONDS) * 1000;
    if (nextAtMs - invocation.acceptedAtMs > maxAgeMs) {
      await this.finish(invocation, version, config, { condition: 'EventAgeExceeded', result });
      return;
    }
    this.again({ ...invocation, nextAtMs });
  }

  /** The event did not reach the function: a concurrency limit, or a role that cannot be assumed. */
  private throttled(invocation: AsyncInvocation, error: { code?: string; message: string }): void {
    if (this.isStopped) return;
    if (error.code === 'ResourceNotFoundException') {
      this.store.removeAsync(invocation.requestId);
      this.metric(invocation, 'AsyncEventsDropped', 1);
      return;
    }
    if (error.code !== 'TooManyRequestsException') {
      this.host.warn(`lambda: an asynchronous event of function ${invocation.functionName} waits: ${error.message}`);
    }
    const pauseMs = Math.min(THROTTLE_LONGEST_MS, THROTTLE_FIRST_MS * 2 ** Math.min(invocation.throttleCount, 20));
    const nextAtMs = this.host.kernel.clock.now() + pauseMs;
    this.again({ ...invocation, throttleCount: invocation.throttleCount + 1, nextAtMs });
  }

  private again(invocation: AsyncInvocation): void {
    this.store.postponeAsync(invocation.requestId, invocation);
    this.schedule(invocation);
  }

  private async finish(
    invocation: AsyncInvocation,
    version: FunctionVersion,
    config: EventInvokeConfig | undefined,
    end: AsyncEnd,
  ): Promise<void> {
    if (end.condition !== 'Success') this.metric(invocation, 'AsyncEventsDropped', 1);
    const caller = this.invoker.callerOf(version);
    await deliverAsyncResult(this.host, caller, invocation, version, config, end);
    this.store.removeAsync(invocation.requestId);
  }

  private metric({ functionName }: AsyncInvocation, name: string, value: number, unit = 'Count'): void {
    this.host.metric('AWS/Lambda', name, { FunctionName: functionName }, value, unit);
  }
}
