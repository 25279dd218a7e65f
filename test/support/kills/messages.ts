/** What the process under test is started with. */
export interface ProcessOptions {
  readonly port: number;
  readonly dataFolder: string;
  /** Deployed when the directory is new. */
  readonly assemblyFolder?: string;
  /** By how much the clock that outlives the processes is ahead of the machine's. */
  readonly aheadMs: number;
}

export interface ToProcess {
  readonly leapMs: number;
}

export type FromProcess =
  | { readonly kind: 'deploying' }
  | { readonly kind: 'ready'; readonly url: string; readonly outputs?: Record<string, Record<string, string>> }
  | { readonly kind: 'warning'; readonly line: string };
