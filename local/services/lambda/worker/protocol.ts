/**
 * What a Lambda worker is told and what it answers. The worker is a thread of its own: these messages, its environment
 * and the function's folder are all that it shares with the runtime.
 */

/** Given to the worker when it starts. */
export interface WorkerSettings {
  readonly handler: string;
  /** Major version of the function's Node.js runtime (`nodejs24.x` → 24): 24 has no callback handlers. */
  readonly runtimeMajor: number;
  /** The folder of the bundle; absent for inline source. */
  readonly folder?: string;
  readonly inlineSource?: string;
  /** A folder from which the packages that the runtime brings along are found. */
  readonly runtimeFolder: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly memoryMb: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly logFormat: 'Text' | 'JSON';
  readonly logLevel?: string;
  /** `Date` starts each invocation at `InvokeMessage.nowMs` instead of the machine's time. */
  readonly followsKernelTime: boolean;
}

/** One invocation. */
export interface InvokeMessage {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  readonly invokedFunctionArn: string;
  readonly traceId: string;
  /** Milliseconds since the epoch on the embedded AWS's clock. */
  readonly nowMs: number;
  readonly timeoutMs: number;
  readonly clientContext?: string;
}

/** Tells a worker under way that the embedded AWS's clock has leapt: to milliseconds since the epoch. */
export interface LeapMessage {
  readonly leaptToMs: number;
}

/** What the worker is sent. */
export type HostMessage = InvokeMessage | LeapMessage;

/** An error as the Lambda runtime reports it. */
export interface RuntimeFault {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: string[];
}

/** What the worker sends. */
export type WorkerMessage =
  | { readonly type: 'ready'; readonly initMs: number }
  | { readonly type: 'initError'; readonly fault: RuntimeFault; readonly initMs: number }
  | { readonly type: 'output'; readonly text: string }
  | { readonly type: 'malformed'; readonly message: string }
  | { readonly type: 'result'; readonly payload: string; readonly durationMs: number; readonly heapBytes: number }
  | {
      readonly type: 'error';
      readonly fault: RuntimeFault;
      readonly durationMs: number;
      readonly heapBytes: number;
      /** The runtime cannot go on (uncaught exception, unhandled rejection): the worker ends. */
      readonly isFatal: boolean;
    };
