/**
 * Owns one invocation from the call to its answer: concurrency limits, worker, log lines, metrics. Callers of every kind
 * (Invoke, the asynchronous queue, event source mappings) come here.
 *
 * Invariants
 * 1. A function never runs more often at a time than its reserved concurrency.
 * 2. Every invocation that reached the function leaves its metrics and its log lines.
 */
import { type Clock, SystemClock } from '../../../kernel/clock';
import type { Caller } from '../../../wire/caller';
import type { Host } from '../../../wire/host';
import { invalidRequestContent, tooManyRequests } from '../faults';
import { functionArn } from '../function-arn';
import type { FunctionVersion } from '../model';
import type { InvokeMessage } from '../worker/protocol';
import type { CodeFolders } from './code-folders';
import { functionEnvironment, workerSettings } from './function-environment';
import { invocationLog } from './invocation-log';
import { InvocationTraces, type TraceOrigin } from './invocation-trace';
import type { LogTarget, LogWriter } from './log-writer';
import { MachineLoad } from './machine-load';
import { type Outcome, type OutputLine, Sandbox } from './sandbox';
import { type PooledWorker, type PoolLimits, WorkerPool } from './worker-pool';

/** 6 MB for the response of an invocation. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const RESPONSE_LIMIT_BYTES = 6 * 2 ** 20 + 100;

/** One call of a function. */
export interface InvocationRequest {
  readonly version: FunctionVersion;
  /** Version, alias or `$LATEST`, as the caller asked. */
  readonly qualifier?: string;
  /** JSON. */
  readonly payload: string;
  readonly requestId: string;
  readonly traceOrigin?: TraceOrigin;
  /** JSON. */
  readonly clientContext?: string;
  readonly reservedConcurrency?: number;
}

/** How it ended. */
export interface InvocationResult {
  readonly payload: string;
  /** The function failed: an error, a time limit, a crash. */
  readonly isError: boolean;
  readonly executedVersion: string;
  readonly log: readonly OutputLine[];
}

/** What may be chosen when the service is made. */
export interface InvokerOptions {
  readonly pool?: PoolLimits;
  /** Deadlines of functions and the patience of the pool. Default: the kernel's clock. */
  readonly invocationClock?: Clock;
  /** `Date` in the functions follows the kernel's clock. Default: only when that is not the machine's. */
  readonly followsKernelTime?: boolean;
}

type Answer = Outcome & { readonly logTarget: LogTarget };

/** See the head of this file. */
export class Invoker {
  readonly pool: WorkerPool<InvokeMessage, Answer>;
  private readonly clock: Clock;
  private readonly load: MachineLoad;
  private readonly running = new Map<string, number>();
  private readonly callers = new Map<string, Caller>();
  private readonly traces: InvocationTraces;
  private readonly sandboxes = new Set<Sandbox>();
  /** Each waits until at most so many functions run. */
  private idleWaiters: { readonly butFor: number; readonly wake: () => void }[] = [];

  constructor(
    private readonly host: Host,
    private readonly logs: LogWriter,
    private readonly folders: CodeFolders,
    private readonly options: InvokerOptions = {},
  ) {
    this.clock = options.invocationClock ?? host.kernel.clock;
    this.traces = new InvocationTraces(host);
    const turnAway = () => tooManyRequests('ConcurrentInvocationLimitExceeded');
    this.load = new MachineLoad(this.clock);
    this.pool = new WorkerPool(this.clock, turnAway, options.pool, () => this.load.isSaturated());
  }

  /** Resolves with the function's answer or error; rejects with TooManyRequestsException or InvalidRequestContentException. */
  async invoke(request: InvocationRequest): Promise<InvocationResult> {
    const { version } = request;
    const { FunctionName } = version;
    const running = this.running.get(FunctionName) ?? 0;
    if (request.reservedConcurrency !== undefined && running >= request.reservedConcurrency) {
      this.metric(request, 'Throttles', 1);
      throw tooManyRequests('ReservedFunctionConcurrentInvocationLimitExceeded');
    }
    this.running.set(FunctionName, running + 1);
    this.metric(request, 'ConcurrentExecutions', running + 1);
    try {
      return await this.run(request);
    } catch (error) {
      if ((error as { code?: string }).code === 'TooManyRequestsException') this.metric(request, 'Throttles', 1);
      throw error;
    } finally {
      const left = this.running.get(FunctionName)! - 1;
      if (left > 0) this.running.set(FunctionName, left);
      else this.running.delete(FunctionName);
      this.wakeWaiters();
    }
  }

  /** Resolves once no function runs, or no more than `butFor`: those that a test holds back. A test turns its clock only then. */
  whenIdle(butFor = 0): Promise<void> {
    if (this.runningCount <= butFor) return Promise.resolve();
    return new Promise((wake) => this.idleWaiters.push({ butFor, wake }));
  }

  /** Tells the functions that run what time it is, after the clock has leapt. */
  tellTime(): void {
    for (const sandbox of this.sandboxes) sandbox.tellTime();
  }

  /** The session of a function's role; throws AwsError AccessDenied when its trust policy does not admit Lambda. */
  callerOf({
    Role,
    FunctionName,
    FunctionArn,
  }: Pick<FunctionVersion, 'Role' | 'FunctionName' | 'FunctionArn'>): Caller {
    const key = `${Role}\n${FunctionName}`;
    let caller = this.callers.get(key);
    if (!caller) {
      caller = this.host.assumeRole(Role, 'lambda.amazonaws.com', FunctionName, FunctionArn);
      this.callers.set(key, caller);
    }
    return caller;
  }

  /** The versions of a function were replaced or deleted: their workers go. */
  forget(version: FunctionVersion): void {
    this.pool.retire(laneOf(version));
    this.callers.delete(`${version.Role}\n${version.FunctionName}`);
  }

  private get runningCount(): number {
    return [...this.running.values()].reduce((sum, count) => sum + count, 0);
  }

  private wakeWaiters(): void {
    const count = this.runningCount;
    const patient = this.idleWaiters.filter(({ butFor }) => count > butFor);
    const woken = this.idleWaiters.filter(({ butFor }) => count <= butFor);
    this.idleWaiters = patient;
    for (const { wake } of woken) wake();
  }

  private async run(request: InvocationRequest): Promise<InvocationResult> {
    const { version, requestId } = request;
    const { clock } = this.host.kernel;
    const startedAtMs = clock.now();
    const trace = this.traces.begin(version, request.traceOrigin ?? {}, startedAtMs);
    const traceId = trace.header;
    const { region, accountId } = this.host;
    const invokedFunctionArn = functionArn(region, accountId, version.FunctionName, request.qualifier);
    const message: InvokeMessage = {
      requestId,
      payload: request.payload,
      invokedFunctionArn,
      traceId,
      nowMs: startedAtMs,
      timeoutMs: version.Timeout * 1000,
      clientContext: request.clientContext,
    };
    const answer = await this.pool.run(laneOf(version), () => this.startWorker(version), message);
    if (answer.status === 'malformed') throw invalidRequestContent(answer.payload);
    const outcome = withinResponseLimit(answer);
    const endedAtMs = clock.now();
    const log = invocationLog({ version, requestId, traceId, startedAtMs, endedAtMs, outcome });
    this.logs.append(answer.logTarget, log);
    const isError = outcome.status !== 'success';
    const end = { requestId, functionArn: invokedFunctionArn, startedAtMs, endedAtMs, isError };
    this.traces.end(version, trace, () => this.callerOf(version), end);
    this.metric(request, 'Invocations', 1);
    this.metric(request, 'Errors', isError ? 1 : 0);
    this.metric(request, 'Duration', outcome.durationMs, 'Milliseconds');
    return { payload: outcome.payload, isError, executedVersion: version.Version, log };
  }

  private startWorker(version: FunctionVersion): PooledWorker<InvokeMessage, Answer> {
    const { clock, random } = this.host.kernel;
    const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    const stream = `${day}/[${version.Version}]${random.bytes(16).toString('hex')}`;
    const caller = this.callerOf(version);
    const folder = this.folders.folderOf(version.Code);
    const follows = this.options.followsKernelTime ?? !(clock instanceof SystemClock);
    const sandbox = new Sandbox({
      settings: workerSettings(version, stream, follows, folder),
      env: functionEnvironment(version, stream, this.host.credentialsOf(caller), this.host, folder),
      clock: this.clock,
      logClock: clock,
    });
    this.load.add(sandbox.load);
    this.sandboxes.add(sandbox);
    const logTarget: LogTarget = {
      group: version.LoggingConfig.LogGroup,
      stream,
      caller,
      functionName: version.FunctionName,
    };
    return {
      get isDead() {
        return sandbox.isDead;
      },
      invoke: async (message) => ({ ...(await sandbox.invoke(message)), logTarget }),
      dispose: () => {
        this.load.remove(sandbox.load);
        this.sandboxes.delete(sandbox);
        sandbox.dispose();
      },
    };
  }

  /** Of the function, of the version or alias that was asked for, and of all functions: each has its own dimensions. */
  private metric({ version, qualifier }: InvocationRequest, name: string, value: number, unit = 'Count'): void {
    const { FunctionName } = version;
    const record = (dimensions: Record<string, string>) =>
      this.host.metric('AWS/Lambda', name, dimensions, value, unit);
    record({ FunctionName });
    if (qualifier !== undefined && qualifier !== '$LATEST') {
      record({ FunctionName, Resource: `${FunctionName}:${qualifier}` });
    }
    if (name !== 'ConcurrentExecutions') record({});
  }
}

function laneOf(version: FunctionVersion): string {
  return `${version.FunctionName}:${version.Version}:${version.RevisionId}`;
}

function withinResponseLimit(outcome: Answer): Outcome {
  if (outcome.payload.length * 3 <= RESPONSE_LIMIT_BYTES) return outcome;
  const size = Buffer.byteLength(outcome.payload);
  if (size <= RESPONSE_LIMIT_BYTES) return outcome;
  const errorType = 'Function.ResponseSizeTooLarge';
  const errorMessage = `Response payload size (${size} bytes) exceeded maximum allowed payload size (${RESPONSE_LIMIT_BYTES} bytes).`;
  return { ...outcome, status: 'error', errorType, payload: JSON.stringify({ errorType, errorMessage }) };
}
