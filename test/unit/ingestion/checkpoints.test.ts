import type { Job } from '../../../lambdas/ingestion/domain/job';
import { createStage } from '../../../lambdas/ingestion/domain/run-stage';
import { createSharedPace } from '../../../lambdas/ingestion/domain/shared-pace';
import { createEmbed } from '../../../lambdas/ingestion/domain/stages/embed';
import { FakePaceStore, vectorOf } from './support/fake-stores';
import { createIngestion, silent } from './support/ingestion';
import { SimulatedClock } from './support/simulated-clock';

const SECOND = 1000;

/** A document of so many chunks, chunked. */
async function chunked(chunkCount: number) {
  const ingestion = createIngestion();
  const text = Array.from({ length: chunkCount }, (_, n) =>
    `word${String(n).padStart(4, '0')} `.repeat(150).trim(),
  ).join('\n');
  const job = ingestion.upload('long.txt', text, { order: 1 });
  const [done] = await ingestion.run({ documents: [job], isSingle: true }, ['fetch', 'parse', 'chunk']);
  return { ingestion, job: done! };
}

/** Calls Embed again and again, as the machine does, each time with a function that lives for so long. */
async function embedUntilDone(
  { ingestion, job }: { ingestion: ReturnType<typeof createIngestion>; job: Job },
  options: { lifeSeconds: number; perSecond: number; isSingle?: boolean },
) {
  const clock = new SimulatedClock();
  const pace = createSharedPace(new FakePaceStore(), clock);
  let nextAt = clock.now();
  const embedder = {
    model: 'slow',
    dimensions: 8,
    calls: 0,
    async embed(text: string) {
      await clock.sleep(50);
      if (clock.now() < nextAt) return { kind: 'throttled' as const };
      nextAt = Math.max(nextAt, clock.now() - 200) + SECOND / options.perSecond;
      embedder.calls += 1;
      return { kind: 'embedded' as const, vector: vectorOf(text) };
    },
  };
  const embed = createEmbed({ work: ingestion.objects, embedder, cache: ingestion.cache, pace, clock });
  const handler = createStage(embed, silent);
  const errors: string[] = [];
  let overtime = Number.NEGATIVE_INFINITY;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const end = clock.now() + options.lifeSeconds * SECOND;
    const invocation = { getRemainingTimeInMillis: () => end - clock.now() };
    try {
      const answer = await clock.run(handler({ documents: [job], isSingle: options.isSingle ?? true }, invocation));
      overtime = Math.max(overtime, clock.now() - end);
      return { errors, overtime, calls: embedder.calls, job: answer.documents[0]!, clock };
    } catch (error) {
      errors.push((error as Error).name);
      overtime = Math.max(overtime, clock.now() - end);
    }
  }
  throw new Error(`Embed never ended: ${errors.slice(0, 5).join()}`);
}

describe('Embed', () => {
  it('goes on from checkpoint to checkpoint, never past its time, and pays for no text twice', async () => {
    const state = await chunked(1200);
    const { errors, overtime, calls, job } = await embedUntilDone(state, { lifeSeconds: 30, perSecond: 20 });
    expect(new Set(errors)).toEqual(new Set(['EmbeddingUnfinished']));
    expect(errors.length).toBeGreaterThan(2);
    expect(errors.length).toBeLessThan(10);
    expect(overtime).toBeLessThan(0);
    expect(calls).toBe(1200);
    expect(job.embedded).toMatchObject({ embedded: 1200, reused: 0 });
    const done = await state.ingestion.run({ documents: [job], isSingle: true }, ['upsert', 'validate']);
    expect(done[0]!.upserted!.vectorCount).toBe(1200);
  });

  it('hands a document of a batch back as unfinished', async () => {
    const state = await chunked(600);
    const { job, errors } = await embedUntilDone(state, { lifeSeconds: 15, perSecond: 20, isSingle: false });
    expect(errors).toEqual([]);
    expect(job.outcome).toMatchObject({ status: 'unfinished', error: 'EmbeddingUnfinished' });
  });

  it('says that it is throttled when the provider took nothing at all', async () => {
    const state = await chunked(3);
    const clock = new SimulatedClock();
    const embedder = { model: 'shut', dimensions: 8, embed: async () => ({ kind: 'throttled' as const }) };
    const pace = createSharedPace(new FakePaceStore(), clock);
    const embed = createEmbed({ work: state.ingestion.objects, embedder, cache: state.ingestion.cache, pace, clock });
    const end = clock.now() + 20 * SECOND;
    const invocation = { getRemainingTimeInMillis: () => end - clock.now() };
    const called = createStage(embed, silent)({ documents: [state.job], isSingle: true }, invocation);
    await expect(clock.run(called)).rejects.toMatchObject({ name: 'EmbeddingThrottled' });
  });

  it('embeds again what is damaged in the cache', async () => {
    const { ingestion, job } = await chunked(3);
    const chunks = ingestion.objects.work
      .get(job.chunked!.key)!
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    ingestion.cache.vectors.set(chunks[0].textHash, new Float32Array(8));
    ingestion.cache.vectors.set(chunks[1].textHash, vectorOf('short', 4));
    const [done] = await ingestion.run({ documents: [job], isSingle: true }, ['embed', 'upsert', 'validate']);
    expect(done!.embedded).toMatchObject({ embedded: 3 });
  });
});
