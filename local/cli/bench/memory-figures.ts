import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type CollectedMemory, collectedMemory } from './collected-memory';
import type { Figures } from './figures';
import { IngestionBench } from './ingestion-bench';
import { copyReadmes, type Readme } from './readmes';
import { storedBytes } from './stored-bytes';

const FOLDER = '.local/bench-memory';
const FIRST_COUNT = 1_000;
const LAST_COUNT = 10_000;
/** Documents as small as most notes are. */
const LARGEST_BYTES = 8_000;
const KILOBYTE = 1_000;
const MEGABYTE = 1_000_000;

/** Measures what ten thousand documents leave in memory: what is stored of them, and what else. Takes minutes. */
export async function measureIngestionMemory(figures: Figures): Promise<void> {
  const bench = await IngestionBench.start(FOLDER);
  try {
    const readmes = copyReadmes(path.join(FOLDER, 'readmes'), Number.POSITIVE_INFINITY);
    const small = readmes.filter(({ file }) => statSync(file).size <= LARGEST_BYTES);
    const first = await afterIngesting(bench, small, 0, FIRST_COUNT);
    const last = await afterIngesting(bench, small, FIRST_COUNT, LAST_COUNT);
    const documents = LAST_COUNT - FIRST_COUNT;
    const kept = held(last.memory) - held(first.memory);
    const stored = last.storedBytes - first.storedBytes;
    figures.show('memory kept for a document in bulk', kept / documents / KILOBYTE, 'KB');
    figures.show('of it what is stored: objects, rows, vectors', stored / documents / KILOBYTE, 'KB');
    for (const [count, { memory }] of [
      [FIRST_COUNT, first],
      [LAST_COUNT, last],
    ] as const) {
      const after = `after ${count.toLocaleString('en-US')} documents`;
      figures.show(`heap and buffers of the services ${after}`, held(memory) / MEGABYTE, 'MB');
      figures.show(`resident memory ${after}`, memory.residentBytes / MEGABYTE, 'MB');
      figures.show(`of it outside of the services, such as functions, ${after}`, outside(memory) / MEGABYTE, 'MB');
    }
  } finally {
    await bench.embedded.stop();
  }
}

async function afterIngesting(bench: IngestionBench, readmes: readonly Readme[], from: number, to: number) {
  const folder = path.join(FOLDER, `documents-${to}`);
  for (let n = from; n < to; n++) writeVariation(folder, readmes[n % readmes.length]!.file, n);
  const { visible, quarantined } = await bench.ingest(folder);
  if (visible + quarantined !== to - from) throw new Error('documents were lost: the figures mean nothing');
  return { memory: collectedMemory(), storedBytes: await storedBytes(bench) };
}

/** A document of other words: nothing of it is in the cache. */
function writeVariation(folder: string, readme: string, n: number): void {
  const file = path.join(folder, String(Math.floor(n / 1_000)), `${n}.md`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, readFileSync(readme, 'utf8').replace(/\b(the|a|is|to|of)\b/g, `$1 x${n}`));
}

function held({ heapBytes, bufferBytes }: CollectedMemory): number {
  return heapBytes + bufferBytes;
}

function outside({ residentBytes, heapTotalBytes, bufferBytes }: CollectedMemory): number {
  return residentBytes - heapTotalBytes - bufferBytes;
}
