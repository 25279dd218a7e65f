import { writeFileSync } from 'node:fs';
import { styleText } from 'node:util';
import { Command, InvalidArgumentError } from 'commander';
import { followLoad, loadPrefix, newLoadId, startLoad } from './ingest/bulk-load';
import { followDocuments } from './ingest/follow-documents';
import { IngestionStack } from './ingest/ingestion-stack';
import { findFiles, type LeftOut, type LocalFile } from './ingest/local-files';
import { ProgressBar } from './ingest/progress-bar';
import { sendFiles } from './ingest/sent-document';
import { type Results, renderSummary, summarize } from './ingest/summary';
import { readIngestionOutputs } from './outputs-file';
import { printable } from './printable';
import { DEFAULT_TENANT, readTenant } from './tenant';

/** Objects below are single documents, each with an execution of its own. */
const SINGLE_PREFIX = 'documents/';
const LEFT_OUT_SHOWN = 5;

interface Options {
  readonly outputs?: string;
  readonly tenant: string;
  readonly bulkAbove: number;
  readonly json?: string;
}

/** `ingest PATH… --outputs FILE`: exits 0 when every document can be found or was refused for a reason, 1 when some failed. */
async function main(): Promise<void> {
  const program = new Command('ingest')
    .description('Sends files and folders to be searched, and follows them until they can be found.')
    .argument('<path...>', 'files, and folders with all that is below them')
    .option('--tenant <name>', 'whose documents they are', readTenant, DEFAULT_TENANT)
    .option('--bulk-above <number>', 'more documents than this go as one bulk load', readCount, 20)
    .option('--json <file>', 'also write the summary as JSON')
    .option('--outputs <file>', 'outputs of cdk deploy --outputs-file')
    .parse();
  const options = program.opts<Options>();
  if (!options.outputs) throw new Error('Which stack? Give the file that cdk deploy wrote: --outputs outputs.json.');
  const { files, leftOut } = findFiles(program.args);
  sayLeftOut(leftOut);
  if (files.length === 0) throw new Error('There is nothing to ingest: Markdown, text, HTML, PDF and DOCX are.');
  const stack = new IngestionStack(readIngestionOutputs(options.outputs));
  try {
    const results =
      files.length > options.bulkAbove ? await inBulk(stack, files, options) : await oneByOne(stack, files, options);
    const summary = summarize(results);
    console.log(renderSummary(summary));
    if (options.json) writeFileSync(options.json, `${JSON.stringify(summary, null, 2)}\n`);
    process.exitCode = summary.failed === 0 ? 0 : 1;
  } finally {
    stack.close();
  }
}

async function oneByOne(stack: IngestionStack, files: readonly LocalFile[], { tenant }: Options): Promise<Results> {
  const begun = Date.now();
  const documents = await send(stack, files, { tenant, prefix: SINGLE_PREFIX });
  const bar = new ProgressBar(process.stderr, 'ingested');
  bar.show(0, documents.length);
  const onEnded = (count: number) => bar.show(count, documents.length);
  const endings = await followDocuments(stack, documents, { since: begun, onEnded });
  bar.end();
  return { documents: documents.length, endings, seconds: (Date.now() - begun) / 1000 };
}

async function inBulk(stack: IngestionStack, files: readonly LocalFile[], { tenant }: Options): Promise<Results> {
  const begun = Date.now();
  const loadId = newLoadId();
  const documents = await send(stack, files, { tenant, prefix: loadPrefix(loadId) });
  const executionArn = await startLoad(stack, loadId, documents);
  const bar = new ProgressBar(process.stderr, 'ingested');
  const load = await followLoad(stack, executionArn, (count, total) => bar.show(count, total));
  bar.end();
  const endings = load.handedOver === 0 ? [] : await handedOver(load.handedOver);
  return { documents: documents.length, load, endings, seconds: (Date.now() - begun) / 1000 };

  /** Documents that a batch could not take go through the machine for single ones. */
  async function handedOver(enough: number) {
    const single = new ProgressBar(process.stderr, 'one by one');
    single.show(0, enough);
    const followed = await followHandedOver(enough, (count) => single.show(count, enough));
    single.end();
    return followed;
  }

  async function followHandedOver(enough: number, onEnded: (count: number) => void) {
    const rows = await stack.rows(documents.map(({ documentKey }) => documentKey));
    const open = documents.filter(({ documentKey, source }) => {
      const row = rows.get(documentKey);
      return row?.source?.versionId !== source.versionId || row.status === 'pending';
    });
    return followDocuments(stack, open, { since: begun, enough, onEnded });
  }
}

async function send(stack: IngestionStack, files: readonly LocalFile[], to: { tenant: string; prefix: string }) {
  const bar = new ProgressBar(process.stderr, 'uploaded');
  bar.show(0, files.length);
  const documents = await sendFiles(stack, files, to, (count) => bar.show(count, files.length));
  bar.end();
  return documents;
}

function sayLeftOut(leftOut: readonly LeftOut[]): void {
  for (const { file, why } of leftOut.slice(0, LEFT_OUT_SHOWN)) {
    console.log(styleText('dim', `left out: ${printable(file)} (${why})`));
  }
  const more = leftOut.length - LEFT_OUT_SHOWN;
  if (more > 0) console.log(styleText('dim', `left out: ${more} more files and folders`));
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new InvalidArgumentError('must be a whole number.');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
