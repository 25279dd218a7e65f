import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type EmbeddedAws, startEmbeddedAws } from '../../embedded-aws';
import { administrator } from '../../wire/gateway';
import { clientEnvironment } from '../client-environment';
import { runClient } from '../run-client';
import { synthesize } from '../synthesize';
import type { Question } from './questions';

/** What `ingest --json` writes, as far as it is read here. */
export interface Summary {
  readonly documents: number;
  readonly visible: number;
  readonly unchanged: number;
  readonly quarantined: number;
  readonly chunks: number;
  readonly embedded: number;
  readonly transitions: number;
  readonly seconds: number;
}

/** What `search-quality --json` writes, as far as it is read here. */
export interface SearchQuality {
  readonly foundPercent: number;
  /** Only when BM25 was asked, too. */
  readonly foundByBm25Percent?: number;
  readonly p95Milliseconds: number;
}

/** The stacks on an embedded AWS, used by the commands that people type. */
export class IngestionBench {
  private constructor(
    readonly embedded: EmbeddedAws,
    /** The outputs of the ingestion stack. */
    readonly outputs: Readonly<Record<string, string>>,
    private readonly folder: string,
  ) {}

  /** Empties the folder, and deploys what is synthesized into it. */
  static async start(folder: string): Promise<IngestionBench> {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const assemblyFolder = path.join(folder, 'cdk.out');
    await synthesize(assemblyFolder);
    const embedded = await startEmbeddedAws({ port: 0 });
    const deployed = await embedded.deploy(assemblyFolder);
    writeFileSync(path.join(folder, 'outputs.json'), JSON.stringify(deployed));
    const outputs = Object.values(deployed).find(({ IngestMachineArn }) => IngestMachineArn)!;
    return new IngestionBench(embedded, outputs, folder);
  }

  /** `ingest`, typed with a file or a folder. */
  ingest(what: string): Promise<Summary> {
    return this.run('bin/commands/ingest.ts', [what]);
  }

  /** `search-quality`; `--no-bm25` searches only. */
  ask(questions: readonly Question[], ...flags: readonly string[]): Promise<SearchQuality> {
    const queries = path.join(this.folder, 'questions.jsonl');
    writeFileSync(queries, questions.map((question) => `${JSON.stringify(question)}\n`).join(''));
    return this.run('bin/commands/search-quality.ts', ['--queries', queries, ...flags]);
  }

  /** Calls an API action in process, as the account's administrator. */
  call(service: string, action: string, input: object): Promise<any> {
    return this.embedded.gateway.call(administrator(this.embedded.accountId), service, action, input);
  }

  private async run<Result>(script: string, args: readonly string[]): Promise<Result> {
    const json = path.join(this.folder, 'result.json');
    const env = clientEnvironment(this.embedded.url, this.embedded.region);
    const outputsFile = path.join(this.folder, 'outputs.json');
    const code = await runClient(script, [...args, '--outputs', outputsFile, '--json', json], env);
    if (code !== 0) throw new Error(`${script} ended with ${code}: its figures mean nothing`);
    return JSON.parse(readFileSync(json, 'utf8')) as Result;
  }
}
