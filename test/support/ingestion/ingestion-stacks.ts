import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IngestionOutputs } from '../../../bin/commands/outputs-file';
import type { Passage } from '../../../bin/commands/search/client';
import { clientEnvironment } from '../../../local/cli/client-environment';
import { type EmbeddedAws, type EmbeddedAwsOptions, startEmbeddedAws } from '../../../local/embedded-aws';
import { type Kernel, systemKernel } from '../../../local/kernel/kernel';
import { administrator } from '../../../local/wire/gateway';
import { ASSEMBLY_FOLDER } from '../assembly-folder';
import { writeOutputs } from '../outputs';
import { shiftedTime } from '../shifted-time';

/** What a command answered. */
export interface CommandAnswer {
  readonly code: number;
  readonly output: string;
  /** What it wrote with --json; undefined when it wrote nothing. */
  readonly json: any;
}

/** Where they differ from the tests' own assembly on the machine's time. */
export interface IngestionStacksOptions extends Pick<EmbeddedAwsOptions, 'kernel' | 'functionWorkers'> {
  readonly assemblyFolder?: string;
}

/** The synthesized stacks on an embedded AWS of their own, with a folder of documents and the commands that people type. */
export class IngestionStacks {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'stepwright-ingestion-'));
  readonly warnings: string[] = [];
  embedded!: EmbeddedAws;
  outputs!: IngestionOutputs & Record<string, string>;
  /** Outputs of all stacks by their names. */
  deployed!: Record<string, Record<string, string>>;
  private outputsFile!: string;
  private kernel: Kernel = systemKernel();
  private summaries = 0;

  /** Deploys the tests' own assembly on the machine's time, unless others are handed in. */
  static async start(options: IngestionStacksOptions = {}): Promise<IngestionStacks> {
    const { assemblyFolder = ASSEMBLY_FOLDER, kernel, functionWorkers } = options;
    const stacks = new IngestionStacks();
    const { warnings } = stacks;
    if (kernel) stacks.kernel = kernel;
    stacks.embedded = await startEmbeddedAws({ port: 0, kernel, functionWorkers, warn: (line) => warnings.push(line) });
    const deployed = await stacks.embedded.deploy(assemblyFolder);
    stacks.deployed = deployed;
    stacks.outputsFile = writeOutputs(stacks.folder, deployed);
    stacks.outputs = Object.values(deployed).find((outputs) => outputs.IngestMachineArn) as IngestionStacks['outputs'];
    return stacks;
  }

  stop(): Promise<void> {
    return this.embedded.stop();
  }

  /** Writes a file below the folder of documents. */
  write(name: string, content: string | Uint8Array): void {
    const file = path.join(this.folder, 'files', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** `ingest`, typed in the folder of documents. */
  async ingest(...args: string[]): Promise<CommandAnswer> {
    const json = path.join(this.folder, `summary-${++this.summaries}.json`);
    const answer = await this.run('ingest', [...args, '--json', json]);
    return { ...answer, json: existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : undefined };
  }

  /** The passages that `search --json` finds. */
  async search(words: string, ...args: string[]): Promise<Passage[]> {
    const { code, output } = await this.run('search', [words, ...args, '--json']);
    if (code !== 0) throw new Error(`search ended with ${code}: ${output}`);
    return JSON.parse(output);
  }

  /** What a command prints, and its exit code; it sees the time of the embedded AWS. Typed by the administrator, unless other credentials are handed in. */
  run(
    command: string,
    args: readonly string[],
    credentials: NodeJS.ProcessEnv = {},
  ): Promise<{ code: number; output: string; json: undefined }> {
    const script = path.resolve('bin/commands', `${command}.ts`);
    const tsx = require.resolve('tsx');
    const env = {
      ...clientEnvironment(this.embedded.url, this.embedded.region),
      ...credentials,
      NODE_NO_WARNINGS: '1',
    };
    const cwd = path.join(this.folder, 'files');
    mkdirSync(cwd, { recursive: true });
    const time = shiftedTime(this.kernel.clock.now() - Date.now());
    const argv = ['--import', tsx, ...time, script, ...args, '--outputs', this.outputsFile];
    return new Promise((resolve) => {
      execFile(process.execPath, argv, { cwd, env, timeout: 120_000 }, (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
        resolve({ code, output: code === 0 ? stdout : `${stdout}${stderr}`, json: undefined });
      });
    });
  }

  /** Calls an API action as the account's administrator. */
  call(service: string, action: string, input: object): Promise<any> {
    return this.embedded.gateway.call(administrator(this.embedded.accountId), service, action, input);
  }

  /** Keys of all vectors in the index. */
  async vectorKeys(): Promise<string[]> {
    const { VectorBucketName: vectorBucketName, VectorIndexName: indexName } = this.outputs;
    const keys: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.call('s3vectors', 'ListVectors', {
        vectorBucketName,
        indexName,
        maxResults: 1000,
        nextToken,
      });
      keys.push(...page.vectors.map(({ key }: { key: string }) => key));
      nextToken = page.nextToken;
    } while (nextToken);
    return keys;
  }
}
