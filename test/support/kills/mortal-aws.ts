import { type ChildProcess, fork } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build, type Plugin } from 'esbuild';
import { ASSEMBLY_FOLDER } from '../assembly-folder';
import type { FromProcess, ProcessOptions } from './messages';

const ENTRY = 'test/support/kills/embedded-process.ts';

/** What a process without an answer is given before the test gives up. */
const PATIENCE_MS = 240_000;

/** The synthesized stacks over a data directory, in one process after the other: each is killed without a warning. */
export class MortalAws {
  /** In the order in which they were said, over all lives. */
  readonly warnings: string[] = [];
  url = '';
  outputs: Record<string, Record<string, string>> = {};
  kills = 0;
  /** Milliseconds from the start of a process to its being ready, for each but the first, which deploys. */
  readonly startsMs: number[] = [];
  private child: ChildProcess | undefined;
  private leaptMs = 0;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** Builds the program and deploys the tests' assembly. */
  static async deploy(): Promise<MortalAws> {
    const aws = await MortalAws.prepare();
    await aws.begin(aws.assembly).catch(async (error) => {
      await aws.remove();
      throw error;
    });
    return aws;
  }

  /** Builds the program, and takes a copy of the tests' assembly; nothing runs yet. */
  static async prepare(): Promise<MortalAws> {
    const aws = new MortalAws(mkdtempSync(path.join(tmpdir(), 'stepwright-kills-')), await firstPort());
    await build({
      entryPoints: [ENTRY],
      outfile: aws.program,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      packages: 'external',
      plugins: [REAL_DIRNAMES],
    });
    // Other tests may synthesize anew meanwhile; functions are read where they were deployed from.
    cpSync(ASSEMBLY_FOLDER, aws.assembly, { recursive: true });
    return aws;
  }

  /** Where the stacks are deployed from. */
  get assembly(): string {
    return path.join(this.folder, 'cdk.out');
  }

  /** Begins a process that deploys, and kills it so long after it has begun to. False when it was done before: it lives on then. */
  async killDeploying(afterMs: number): Promise<boolean> {
    const ready = this.begin(this.assembly).then(() => true);
    const deploying = new Promise<void>((resolve) => {
      this.child!.on('message', ({ kind }: FromProcess) => kind === 'deploying' && resolve());
    });
    // A process that fails by itself rejects here; the kill itself is no failure.
    if (await Promise.race([ready, deploying.then(() => pause(afterMs, false))])) return false;
    ready.catch(() => undefined);
    await this.end();
    this.kills++;
    return true;
  }

  /** Ends the process where it stands; `downMs` pass until the next one begins. `look` sees what it left, and when. */
  async kill(downMs = 0, look: (dataFolder: string, diedAtMs: number) => void = () => undefined): Promise<void> {
    await this.end();
    this.kills++;
    look(this.dataFolder, Date.now() + this.leaptMs);
    this.leaptMs += Math.round(downMs);
    const from = Date.now();
    await this.begin();
    this.startsMs.push(Date.now() - from);
  }

  /** The clock of the stacks goes forward as soon as no function runs: its time would be up. */
  leap(leapMs: number): void {
    this.leaptMs += Math.round(leapMs);
    this.child!.send({ leapMs });
  }

  async remove(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Kills the process, if it lives. */
  async end(): Promise<void> {
    const { child } = this;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  private get program(): string {
    return path.join(this.folder, 'embedded-process.js');
  }

  private get dataFolder(): string {
    return path.join(this.folder, 'data');
  }

  private begin(assemblyFolder?: string): Promise<void> {
    const { port, leaptMs: aheadMs } = this;
    const options: ProcessOptions = { port, dataFolder: this.dataFolder, assemblyFolder, aheadMs };
    const env = { ...process.env, NODE_PATH: path.resolve('node_modules'), NODE_NO_WARNINGS: '1' };
    const child = fork(this.program, [JSON.stringify(options)], {
      env,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child = child;
    let said = '';
    child.stderr!.on('data', (chunk) => {
      said += chunk;
    });
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        clearTimeout(timer);
        reject(new Error(`${why}\n${said}\n${this.warnings.slice(-5).join('\n')}`));
      };
      const timer = setTimeout(() => fail('the process is not ready in time'), PATIENCE_MS);
      child.once('exit', (code) => fail(`the process ended with ${code}`));
      child.on('message', (message: FromProcess) => {
        if (message.kind === 'warning') {
          this.warnings.push(message.line);
          return;
        }
        if (message.kind === 'deploying') return;
        clearTimeout(timer);
        this.url = message.url;
        if (message.outputs) this.outputs = message.outputs;
        resolve();
      });
    });
  }
}

/**
 * A free port, below those that systems give to whoever asks for any: a port that a process has had must be there for the next one,
 * and those that follow for its APIs.
 */
async function firstPort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 2000) * 10;
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

/** Files that look for their neighbours must find them, though they run as parts of one file. */
const REAL_DIRNAMES: Plugin = {
  name: 'real dirnames',
  setup({ onLoad }) {
    onLoad({ filter: /local\/.*\.ts$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      if (!text.includes('__dirname')) return undefined;
      return { contents: text.replaceAll('__dirname', JSON.stringify(path.dirname(file))), loader: 'ts' };
    });
  },
};
