import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { readIngestionOutputs } from './outputs-file';
import { Bm25 } from './search/bm25';
import { SearchClient } from './search/client';
import { readChunks } from './search/read-chunks';
import { DEFAULT_TENANT, readTenant } from './tenant';

/** A question, and the documents that answer it. */
interface Question {
  readonly query: string;
  readonly paths: readonly string[];
}

const TOP = 5;

/**
 * `search-quality --queries FILE --outputs FILE`: of how many questions one of the right documents is in the first five
 * passages, by the search and by BM25 over the same passages. The file has a JSON object `{query, paths}` on each line.
 * BM25 reads the whole index: `--no-bm25` leaves it out.
 */
async function main(): Promise<void> {
  const options = new Command('search-quality')
    .description('Measures the search with questions whose answers are known.')
    .requiredOption('--outputs <file>', 'outputs of cdk deploy --outputs-file')
    .requiredOption('--queries <file>', 'JSON Lines of {query, paths}')
    .option('--tenant <name>', 'in whose documents', readTenant, DEFAULT_TENANT)
    .option('--no-bm25', 'search only')
    .option('--json <file>', 'also write the figures as JSON')
    .parse()
    .opts<{ outputs: string; queries: string; tenant: string; bm25: boolean; json?: string }>();
  const outputs = readIngestionOutputs(options.outputs);
  const lines = readFileSync(options.queries, 'utf8').split('\n').filter(Boolean);
  const questions = lines.map((line) => JSON.parse(line) as Question);
  if (questions.length === 0) throw new Error(`${options.queries} holds no question.`);
  const chunks = options.bm25 ? await readChunks(outputs, options.tenant) : [];
  const bm25 = new Bm25(chunks.map(({ heading, text }) => `${heading}\n${text}`));
  const client = new SearchClient(outputs);
  const milliseconds: number[] = [];
  let found = 0;
  let foundByBm25 = 0;
  for (const { query, paths } of questions) {
    const begun = performance.now();
    const passages = await client.search({ tenant: options.tenant, words: query, k: TOP });
    milliseconds.push(performance.now() - begun);
    if (passages.some(({ path }) => paths.includes(path))) found++;
    if (bm25.search(query, TOP).some((index) => paths.includes(chunks[index]!.path))) foundByBm25++;
  }
  client.close();
  const percent = (count: number) => `${((100 * count) / questions.length).toFixed(1)} %`;
  const figures = {
    questions: questions.length,
    foundPercent: (100 * found) / questions.length,
    p95Milliseconds: milliseconds.sort((a, b) => a - b)[Math.ceil(milliseconds.length * 0.95) - 1]!,
    ...(options.bm25 && { passages: chunks.length, foundByBm25Percent: (100 * foundByBm25) / questions.length }),
  };
  const beside = options.bm25 ? `, by BM25 over ${chunks.length} passages ${percent(foundByBm25)}` : '';
  console.log(
    `${questions.length} questions: answered in the first ${TOP} by the search ${percent(found)}${beside}; ` +
      `p95 ${figures.p95Milliseconds.toFixed(0)} ms.`,
  );
  if (options.json) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
