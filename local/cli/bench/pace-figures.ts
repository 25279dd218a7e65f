import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Figures } from './figures';
import { IngestionBench } from './ingestion-bench';
import { copyReadmes } from './readmes';

const FOLDER = '.local/bench-pace';
/** Limits that nobody tells the functions, one after the other, with the time that they are given to find each. */
const PHASES = [
  { limit: 50, settleSeconds: 30 },
  { limit: 200, settleSeconds: 60 },
  { limit: 20, settleSeconds: 30 },
];
const MEASURE_SECONDS = 40;
/** Documents of many passages: more of them are embedded than are parsed. */
const SMALLEST_BYTES = 15_000;
const LARGEST_BYTES = 60_000;
const VARIATIONS = 5;

/** Measures a bulk load while what Bedrock takes changes: how much of it is used, and how much is throttled. Takes minutes. */
export async function measurePace(figures: Figures): Promise<void> {
  const bench = await IngestionBench.start(FOLDER);
  const { bedrock } = bench.embedded;
  try {
    const folder = writeDocuments();
    let isOver = false;
    bedrock.limitRequests(PHASES[0]!.limit);
    const load = bench.ingest(folder).finally(() => {
      isOver = true;
    });
    // Whoever fails first is heard: it is awaited below.
    load.catch(() => undefined);
    while (bedrock.requestCounts().admitted === 0 && !isOver) await wait(200);
    for (const { limit, settleSeconds } of PHASES) {
      bedrock.limitRequests(limit);
      await wait(settleSeconds * 1000);
      const before = bedrock.requestCounts();
      const begun = performance.now();
      await wait(MEASURE_SECONDS * 1000);
      const seconds = (performance.now() - begun) / 1000;
      const after = bedrock.requestCounts();
      if (isOver) throw new Error('the load was over before all limits were measured: there are too few documents');
      const admitted = after.admitted - before.admitted;
      const throttled = after.throttled - before.throttled;
      figures.atLeast(`used of a limit of ${limit} embeddings a second`, (100 * admitted) / (limit * seconds), 90, '%');
      figures.atMost('throttled meanwhile', (100 * throttled) / (admitted + throttled), 1, '%');
    }
    bedrock.limitRequests(undefined);
    await load;
  } finally {
    await bench.embedded.stop();
  }
}

function writeDocuments(): string {
  const folder = path.join(FOLDER, 'documents');
  const readmes = copyReadmes(path.join(FOLDER, 'readmes'), Number.POSITIVE_INFINITY);
  const sizeOf = (file: string) => statSync(file).size;
  const long = readmes.filter(({ file }) => sizeOf(file) >= SMALLEST_BYTES && sizeOf(file) <= LARGEST_BYTES);
  for (const [index, { file }] of long.entries()) {
    for (let n = 0; n < VARIATIONS; n++) {
      const copy = path.join(folder, String(n), `${index}.md`);
      mkdirSync(path.dirname(copy), { recursive: true });
      // Other texts each time: nothing of them is in the cache.
      writeFileSync(copy, readFileSync(file, 'utf8').replace(/\b(the|a|is|to|of)\b/g, `$1 x${n}`));
    }
  }
  return folder;
}
