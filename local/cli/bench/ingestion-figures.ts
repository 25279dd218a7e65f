import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Figures } from './figures';
import { IngestionBench } from './ingestion-bench';
import { OTHER_INGESTIONS } from './other-ingestions';
import { questionsOf } from './questions';
import { copyReadmes, type Readme } from './readmes';

const FOLDER = '.local/bench-ingestion';
const README_COUNT = 1_000;
const QUESTION_COUNT = 200;
const PARAGRAPH = 'A paragraph that was not there before, about quokkas on the island of Rottnest.';
/** Requests a second that Bedrock lets through while the pace is measured. */
const PACE_LIMIT = 50;

/** Measures ingestion with the READMEs of installed packages: speed, transitions, embeddings, search, pace. */
export async function measureIngestion(figures: Figures): Promise<void> {
  const bench = await IngestionBench.start(FOLDER);
  const folder = path.join(FOLDER, 'readmes');
  const readmes = copyReadmes(folder, README_COUNT);
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
  const questions = questionsOf(readmes, QUESTION_COUNT);
  const { foundPercent, foundByBm25Percent, p95Milliseconds } = await bench.ask(questions);
  figures.atLeast(`${questions.length} packages found by name and description`, foundPercent, 90, '% in the first 5');
  figures.show('the same by BM25 over the same passages', foundByBm25Percent!, '% in the first 5');
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

function printOtherIngestions(): void {
  console.log('Transitions for one changed document, beside others');
  console.log(`  ${'Stepwright: fetch, parse, chunk, embed, upsert, validate'.padEnd(62)} 6`);
  for (const { name, transitions } of OTHER_INGESTIONS) console.log(`  ${name.padEnd(62)} ${transitions}`);
}
