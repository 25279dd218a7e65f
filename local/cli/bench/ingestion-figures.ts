import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type EmbeddedAws, startEmbeddedAws } from '../../embedded-aws';
import { clientEnvironment } from '../client-environment';
import { runClient } from '../run-client';
import { synthesize } from '../synthesize';
import type { Figures } from './figures';
import { OTHER_INGESTIONS } from './other-ingestions';
import { copyReadmes, type Readme } from './readmes';

const FOLDER = '.local/bench-ingestion';
const README_COUNT = 1_000;
const QUESTION_COUNT = 200;
const PARAGRAPH = 'A paragraph that was not there before, about quokkas on the island of Rottnest.';
/** Requests a second that Bedrock lets through while the pace is measured. */
const PACE_LIMIT = 50;

/** What `ingest --json` writes, as far as it is read here. */
interface Summary {
  readonly documents: number;
  readonly visible: number;
  readonly unchanged: number;
  readonly quarantined: number;
  readonly chunks: number;
  readonly embedded: number;
  readonly transitions: number;
  readonly seconds: number;
}

/** Measures ingestion with the READMEs of installed packages: speed, transitions, embeddings, search, pace. */
export async function measureIngestion(figures: Figures): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const folder = path.join(FOLDER, 'readmes');
  const readmes = copyReadmes(folder, README_COUNT);
  const bench = await IngestionBench.start();
  try {
    await measureBulk(figures, bench, folder);
    await measureChanges(figures, bench, readmes);
    await measureSearch(figures, bench, readmes);
    await measurePace(figures, bench, readmes);
    figures.show('resident memory of the embedded AWS after it', process.memoryUsage().rss / 2 ** 20, 'MB');
  } finally {
    await bench.embedded.stop();
  }
  printOtherIngestions();
}

async function measureBulk(figures: Figures, bench: IngestionBench, folder: string): Promise<void> {
  const first = await bench.ingest(folder);
  const what = `${first.documents.toLocaleString('en-US')} READMEs in bulk`;
  const settledPercent = (100 * (first.visible + first.quarantined)) / first.documents;
  figures.atLeast(what, first.documents / first.seconds, 30, 'documents/s');
  figures.atLeast('of them searchable or quarantined', settledPercent, 100, '%');
  figures.atMost('transitions for each of them', first.transitions / first.documents, 0.2, '');
  figures.show('chunks of them', first.chunks, '');
  figures.show('embeddings for them', first.embedded, '');
  const second = await bench.ingest(folder);
  figures.atMost('embeddings when they come again unchanged', second.embedded, 0, '');
  figures.atMost('transitions for each, unchanged', second.transitions / second.documents, 0.01, '');
}

async function measureChanges(figures: Figures, bench: IngestionBench, readmes: readonly Readme[]): Promise<void> {
  const [longest] = [...readmes].sort((a, b) => statSync(b.file).size - statSync(a.file).size);
  const { file } = longest!;
  appendFileSync(file, `\n\n${PARAGRAPH}\n`);
  const appended = await bench.ingest(file);
  figures.atMost('transitions of one changed document', appended.transitions, 6, '');
  figures.atMost('embeddings after one paragraph was added at its end', appended.embedded, 2, '');
  writeFileSync(file, `${PARAGRAPH}\n\n${readFileSync(file, 'utf8')}`);
  const inserted = await bench.ingest(file);
  const kept = 100 * (1 - inserted.embedded / inserted.chunks);
  figures.atLeast(`of its ${inserted.chunks} chunks the same after one at its top`, kept, 90, '%');
}

async function measureSearch(figures: Figures, bench: IngestionBench, readmes: readonly Readme[]): Promise<void> {
  const described = readmes.filter(({ packageName, description }) => packageName && description.length > 20);
  const names = [...new Set(described.map(({ packageName }) => packageName))];
  const every = Math.max(1, Math.floor(names.length / QUESTION_COUNT));
  const asked = names.filter((_, index) => index % every === 0).slice(0, QUESTION_COUNT);
  const questions = asked.map((name) => {
    const { description } = described.find(({ packageName }) => packageName === name)!;
    const firstSentence = description.split(/(?<=[.!?])\s/)[0]!;
    const paths = readmes.filter(({ packageName }) => packageName === name).map(({ file }) => file);
    return { query: `${name}: ${firstSentence}`, paths };
  });
  const { foundPercent, foundByBm25Percent, p95Milliseconds } = await bench.ask(questions);
  figures.atLeast(`${questions.length} packages found by name and description`, foundPercent, 90, '% in the first 5');
  figures.show('the same by BM25 over the same passages', foundByBm25Percent, '% in the first 5');
  figures.atMost('95 % of searches answered in', p95Milliseconds, 80, 'ms');
}

async function measurePace(figures: Figures, bench: IngestionBench, readmes: readonly Readme[]): Promise<void> {
  const folder = path.join(FOLDER, 'paced');
  for (const [index, { file }] of readmes.slice(0, 150).entries()) {
    const copy = path.join(folder, String(index), 'README.md');
    mkdirSync(path.dirname(copy), { recursive: true });
    // Other texts than before: nothing of them is in the cache.
    writeFileSync(copy, readFileSync(file, 'utf8').replace(/\b(the|a|is)\b/g, `$1 x${index}`));
  }
  bench.embedded.bedrock.limitRequests(PACE_LIMIT);
  const { embedded, seconds } = await bench.ingest(folder);
  bench.embedded.bedrock.limitRequests(undefined);
  figures.show(`embeddings a second when Bedrock takes ${PACE_LIMIT}, with finding that out`, embedded / seconds, '/s');
}

/** The stacks on an embedded AWS, used by the commands that people type. */
class IngestionBench {
  private constructor(
    readonly embedded: EmbeddedAws,
    private readonly outputsFile: string,
  ) {}

  static async start(): Promise<IngestionBench> {
    const assemblyFolder = path.join(FOLDER, 'cdk.out');
    await synthesize(assemblyFolder);
    const embedded = await startEmbeddedAws({ port: 0 });
    const outputsFile = path.join(FOLDER, 'outputs.json');
    writeFileSync(outputsFile, JSON.stringify(await embedded.deploy(assemblyFolder)));
    return new IngestionBench(embedded, outputsFile);
  }

  ingest(what: string): Promise<Summary> {
    return this.run('bin/commands/ingest.ts', [what]);
  }

  ask(questions: readonly object[]) {
    const queries = path.join(FOLDER, 'questions.jsonl');
    writeFileSync(queries, questions.map((question) => `${JSON.stringify(question)}\n`).join(''));
    return this.run<{ foundPercent: number; foundByBm25Percent: number; p95Milliseconds: number }>(
      'bin/commands/search-quality.ts',
      ['--queries', queries],
    );
  }

  private async run<Result>(script: string, args: string[]): Promise<Result> {
    const json = path.join(FOLDER, 'result.json');
    const env = clientEnvironment(this.embedded.url, this.embedded.region);
    const code = await runClient(script, [...args, '--outputs', this.outputsFile, '--json', json], env);
    if (code !== 0) throw new Error(`${script} ended with ${code}: its figures mean nothing`);
    return JSON.parse(readFileSync(json, 'utf8')) as Result;
  }
}

function printOtherIngestions(): void {
  console.log('Transitions for one changed document, beside others');
  console.log(`  ${'Stepwright: fetch, parse, chunk, embed, upsert, validate'.padEnd(62)} 6`);
  for (const { name, transitions } of OTHER_INGESTIONS) console.log(`  ${name.padEnd(62)} ${transitions}`);
}
