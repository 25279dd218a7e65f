/**
 * Owns a Lambda worker thread: loads the bundle once, then runs one invocation after another as the Node.js runtime of
 * Lambda does. It is bundled into one string (execution/bootstrap-source.ts) and sees node built-ins only.
 *
 * Invariants
 * 1. Each invocation is answered once; what a handler does after that is only logged.
 * 2. Output is posted when it is written, so that a busy loop that is ended later keeps its lines.
 */
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { patchConsole } from './console-lines';
import { invocationContext } from './invocation-context';
import { followKernelTime } from './kernel-date';
import { type Handler, loadHandler } from './load-handler';
import type { HostMessage, InvokeMessage, LeapMessage, RuntimeFault, WorkerMessage, WorkerSettings } from './protocol';
import { reachResponseUrls } from './response-url';
import { describeFault, loggableFault } from './runtime-fault';
import { offerRuntimePackages } from './runtime-packages';
import { shareConnections } from './shared-connections';

const settings = workerData as WorkerSettings;
const port = parentPort!;
const setNow = settings.followsKernelTime ? followKernelTime() : () => {};
const startedAt = performance.now();
let current: { message: InvokeMessage; startedAt: number } | undefined;
let atEmptyLoop: (() => void) | undefined;
let handler: Handler;

const post = (message: WorkerMessage) => port.postMessage(message);
const writeOutput = (chunk: unknown, encoding?: unknown, done?: unknown): boolean => {
  const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('utf8');
  if (text) post({ type: 'output', text });
  const callback = typeof encoding === 'function' ? encoding : done;
  if (typeof callback === 'function') process.nextTick(callback as () => void);
  return true;
};
process.stdout.write = writeOutput as typeof process.stdout.write;
process.stderr.write = writeOutput as typeof process.stderr.write;
if (process.env.AWS_ENDPOINT_URL) {
  shareConnections(process.env.AWS_ENDPOINT_URL);
  reachResponseUrls(process.env.AWS_ENDPOINT_URL);
}
offerRuntimePackages(settings.runtimeFolder);
if (settings.folder) process.cwd = () => settings.folder!;
const log = patchConsole(console, {
  logFormat: settings.logFormat,
  logLevel: settings.logLevel,
  requestId: () => current?.message.requestId,
  write: (line) => post({ type: 'output', text: line }),
});

process.on('uncaughtException', (error) => {
  log('ERROR', 'Uncaught Exception', settings.logFormat === 'JSON' ? error : JSON.stringify(loggableFault(error)));
  die(describeFault(error), 129);
});
process.on('unhandledRejection', (reason) => {
  const fault: RuntimeFault = {
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason),
    trace: describeFault(reason).trace,
  };
  log('ERROR', 'Unhandled Promise Rejection', JSON.stringify({ ...fault, reason: loggableFault(reason) }));
  die(fault, 128);
});
process.on('beforeExit', () => {
  const then = atEmptyLoop;
  atEmptyLoop = undefined;
  port.ref();
  then?.();
});

/** Answers the invocation under way and ends the thread, as the runtime's process ends on AWS. */
function die(fault: RuntimeFault, exitCode: number): void {
  if (current) fail(fault, true);
  else post({ type: 'initError', fault, initMs: performance.now() - startedAt });
  process.exit(exitCode);
}

function finish(build: (durationMs: number, heapBytes: number) => WorkerMessage): void {
  if (!current) return;
  const durationMs = performance.now() - current.startedAt;
  current = undefined;
  atEmptyLoop = undefined;
  port.ref();
  const heap = getHeapStatistics();
  post(build(durationMs, heap.total_heap_size + heap.external_memory));
}

function fail(fault: RuntimeFault, isFatal = false): void {
  finish((durationMs, heapBytes) => ({ type: 'error', fault, durationMs, heapBytes, isFatal }));
}

function failWith(error: unknown): void {
  if (!current) return;
  if (settings.logFormat === 'JSON' && error instanceof Error) log('ERROR', error);
  else log('ERROR', 'Invoke Error', `\t${safeStringify(loggableFault(error))}`);
  fail(describeFault(error));
}

function succeed(result: unknown): void {
  let payload: string;
  try {
    payload = JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    failWith(new Error('Unable to stringify response body'));
    return;
  }
  finish((durationMs, heapBytes) => ({ type: 'result', payload, durationMs, heapBytes }));
}

function safeStringify(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return String(value);
  }
}

/** Waits until nothing keeps the event loop alive, then answers. */
function answerAtEmptyLoop(answer: () => void): void {
  atEmptyLoop = answer;
  port.unref();
}

function run(message: InvokeMessage): void {
  setNow(message.nowMs);
  let event: unknown;
  try {
    event = JSON.parse(message.payload);
  } catch (error) {
    post({ type: 'malformed', message: (error as Error).message });
    return;
  }
  process.env._X_AMZN_TRACE_ID = message.traceId;
  const invocation = { message, startedAt: performance.now() };
  current = invocation;
  const ifCurrent = (act: () => void) => () => current === invocation && act();
  const settle = (error: unknown, result: unknown) =>
    ifCurrent(() => (error !== undefined && error !== null ? failWith(error) : succeed(result)));
  const context = invocationContext(settings, message, (error, result) => {
    const answer = settle(error, result);
    if (context.callbackWaitsForEmptyEventLoop) answerAtEmptyLoop(answer);
    else answer();
  });
  try {
    const returned = settings.runtimeMajor >= 24 ? handler(event, context) : handler(event, context, context.done);
    if (typeof (returned as PromiseLike<unknown> | undefined)?.then === 'function') {
      (returned as PromiseLike<unknown>).then(
        (result) => ifCurrent(() => succeed(result))(),
        (error) => ifCurrent(() => failWith(error))(),
      );
    } else if (settings.runtimeMajor >= 24) {
      succeed(returned);
    } else if (current === invocation && !atEmptyLoop) {
      answerAtEmptyLoop(ifCurrent(() => succeed(null)));
    }
  } catch (error) {
    ifCurrent(() => failWith(error))();
  }
}

/** The invocation under way has lasted longer, and sees the later time from now on. */
function leap({ leaptToMs }: LeapMessage): void {
  if (current) current.startedAt -= leaptToMs - Date.now();
  setNow(leaptToMs);
}

async function start(): Promise<void> {
  try {
    handler = await loadHandler(settings);
  } catch (error) {
    log('ERROR', 'Uncaught Exception', settings.logFormat === 'JSON' ? error : safeStringify(loggableFault(error)));
    post({ type: 'initError', fault: describeFault(error), initMs: performance.now() - startedAt });
    process.exit(1);
  }
  port.on('message', (message: HostMessage) => ('leaptToMs' in message ? leap(message) : run(message)));
  post({ type: 'ready', initMs: performance.now() - startedAt });
}

// Keeps the thread alive while a bundle with a top-level await loads.
port.ref();
void start();
