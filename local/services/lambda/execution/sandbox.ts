import { Worker } from 'node:worker_threads';
import type { Clock, Timer } from '../../../kernel/clock';
import type { InvokeMessage, LeapMessage, RuntimeFault, WorkerMessage, WorkerSettings } from '../worker/protocol';
import { bootstrapSource } from './bootstrap-source';
import type { LoadSource } from './machine-load';

/** Lambda gives the init phase ten seconds. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const INIT_LIMIT_MS = 10_000;
/** Measured with the order functions: 4 MB keep twelve workers some 50 MB smaller than 16 do, at the same speed. */
const YOUNG_GENERATION_MB = 4;

/** How an invocation ended. */
export interface Outcome {
  readonly status: 'success' | 'error' | 'timeout' | 'malformed';
  /** JSON: what the handler answered, or the error as the runtime reports it. For `malformed` the parser's message. */
  readonly payload: string;
  readonly errorType?: string;
  readonly durationMs: number;
  readonly heapBytes: number;
  /** Milliseconds of the init phase, when this invocation was the first. */
  readonly initMs?: number;
  readonly output: readonly OutputLine[];
}

/** What a function wrote in one go: usually a line; a write of several lines stays one log event. */
export interface OutputLine {
  readonly atMs: number;
  readonly message: string;
}

/** What a sandbox is started with. */
export interface SandboxOptions {
  readonly settings: WorkerSettings;
  readonly env: Record<string, string>;
  /** Its deadlines. */
  readonly clock: Clock;
  /** The time that log lines bear. */
  readonly logClock: Clock;
}

interface Running {
  readonly message: InvokeMessage;
  readonly resolve: (outcome: Outcome) => void;
  startedAtMs: number;
  timer: Timer;
  output: OutputLine[];
}

/**
 * One execution environment: a worker thread that holds one version of one function and runs one invocation at a time.
 * A time limit, a crash or an exit ends it; the pool starts another.
 */
export class Sandbox {
  /** It has ended or is ending; no invocation may be given to it. */
  isDead = false;
  private readonly worker: Worker;
  private running?: Running;
  private initMs?: number;
  private initFault?: RuntimeFault;
  private isReady = false;
  private partialLine = '';
  private earlyOutput: OutputLine[] = [];

  constructor(private readonly options: SandboxOptions) {
    this.worker = new Worker(bootstrapSource(), {
      eval: true,
      env: options.env,
      execArgv: [],
      workerData: options.settings,
      stdout: true,
      stderr: true,
      name: options.settings.functionName,
      resourceLimits: {
        maxOldGenerationSizeMb: options.settings.memoryMb,
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
      },
    });
    this.worker.on('message', (message: WorkerMessage) => this.receive(message));
    this.worker.on('error', (error: NodeJS.ErrnoException) => this.crashed(error));
    this.worker.on('exit', (code) => this.exited(code));
    this.worker.unref();
  }

  /** How busy its thread is. */
  get load(): LoadSource {
    return this.worker.performance;
  }

  /** Runs one invocation to its end; always resolves. */
  invoke(message: InvokeMessage): Promise<Outcome> {
    if (this.running || this.isDead) throw new Error(`sandbox of ${this.options.settings.functionName} is not free`);
    return new Promise((resolve) => {
      const { clock } = this.options;
      const limitMs = this.isReady ? message.timeoutMs : message.timeoutMs + INIT_LIMIT_MS;
      const timer = clock.schedule(clock.now() + limitMs, () => this.timedOut());
      this.running = { message, resolve, startedAtMs: clock.now(), timer, output: this.earlyOutput };
      this.earlyOutput = [];
      this.worker.postMessage(message);
    });
  }

  /** Tells the invocation under way what time it is, after the clock of the embedded AWS has leapt. */
  tellTime(): void {
    const message: LeapMessage = { leaptToMs: this.options.logClock.now() };
    if (this.running && this.isReady && this.options.settings.followsKernelTime) this.worker.postMessage(message);
  }

  /** Ends the thread, also in the middle of a busy loop. */
  dispose(): void {
    this.isDead = true;
    void this.worker.terminate();
  }

  private receive(message: WorkerMessage): void {
    switch (message.type) {
      case 'output':
        this.write(message.text);
        break;
      case 'ready':
        this.isReady = true;
        this.initMs = message.initMs;
        this.restartDeadline();
        break;
      case 'initError':
        this.initMs = message.initMs;
        this.initFault = message.fault;
        this.isDead = true;
        this.endWithFault(message.fault, 'error', 0);
        break;
      case 'malformed':
        this.end({ status: 'malformed', payload: message.message, durationMs: 0, heapBytes: 0 });
        break;
      case 'result':
        this.end({ ...message, status: 'success' });
        break;
      case 'error':
        if (message.isFatal) this.isDead = true;
        this.endWithFault(message.fault, 'error', message.durationMs, message.heapBytes);
        break;
    }
  }

  /** The time limit of a function does not count its init phase. */
  private restartDeadline(): void {
    const { running, options } = this;
    if (!running) return;
    running.timer.cancel();
    running.startedAtMs = options.clock.now();
    running.timer = options.clock.schedule(running.startedAtMs + running.message.timeoutMs, () => this.timedOut());
  }

  private write(text: string): void {
    const lines = this.running ? this.running.output : this.earlyOutput;
    const whole = this.partialLine + text;
    if (!whole.endsWith('\n')) {
      this.partialLine = whole;
      return;
    }
    this.partialLine = '';
    lines.push({ atMs: this.options.logClock.now(), message: whole.slice(0, -1) });
  }

  private timedOut(): void {
    const { message } = this.running!;
    const seconds = (message.timeoutMs / 1000).toFixed(2);
    const errorMessage = `RequestId: ${message.requestId} Error: Task timed out after ${seconds} seconds`;
    this.endWithFault({ errorType: 'Sandbox.Timedout', errorMessage, trace: [] }, 'timeout', message.timeoutMs);
    this.dispose();
  }

  private crashed(error: NodeJS.ErrnoException): void {
    this.isDead = true;
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      this.endWithExit('Runtime.OutOfMemory', 'Runtime exited with error: signal: killed');
    } else {
      this.endWithExit('Runtime.ExitError', `Runtime exited with error: ${error.message}`);
    }
  }

  private exited(code: number): void {
    this.isDead = true;
    if (this.initFault && this.running) {
      this.endWithFault(this.initFault, 'error', 0);
      return;
    }
    const reason =
      code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
    this.endWithExit('Runtime.ExitError', reason);
  }

  private endWithExit(errorType: string, reason: string): void {
    if (!this.running) return;
    const errorMessage = `RequestId: ${this.running.message.requestId} Error: ${reason}`;
    const durationMs = Math.max(0, this.options.clock.now() - this.running.startedAtMs);
    this.endWithFault({ errorType, errorMessage, trace: [] }, 'error', durationMs);
  }

  private endWithFault(fault: RuntimeFault, status: 'error' | 'timeout', durationMs: number, heapBytes = 0): void {
    const { errorType, errorMessage, trace } = fault;
    // Faults of the sandbox itself carry no trace on AWS.
    const payload = JSON.stringify(trace.length > 0 ? { errorType, errorMessage, trace } : { errorType, errorMessage });
    this.end({ status, payload, errorType, durationMs, heapBytes });
  }

  private end(outcome: Omit<Outcome, 'output' | 'initMs'>): void {
    const { running } = this;
    if (!running) return;
    this.running = undefined;
    running.timer.cancel();
    if (this.partialLine) {
      running.output.push({ atMs: this.options.logClock.now(), message: this.partialLine });
      this.partialLine = '';
    }
    const { initMs } = this;
    this.initMs = undefined;
    const { status, payload, errorType, durationMs, heapBytes } = outcome;
    running.resolve({ status, payload, errorType, durationMs, heapBytes, initMs, output: running.output });
  }
}
