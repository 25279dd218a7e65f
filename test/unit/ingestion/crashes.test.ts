import { documentKeyOf, ofVectorKey } from '../../../lambdas/ingestion/domain/identity';
import type { Job } from '../../../lambdas/ingestion/domain/job';
import { createRollBackVersion } from '../../../lambdas/ingestion/domain/settle-document';
import { createSweepDocuments } from '../../../lambdas/ingestion/domain/sweep-documents';
import { createIngestion, inTime, STAGES, StillClock } from './support/ingestion';

const KEY = documentKeyOf('acme', 'a.md');
const EFFECTS = {
  documents: ['save'],
  vectors: ['put', 'delete'],
  cache: ['put'],
  objects: ['put', 'putStream'],
} as const;
const textOf = (word: string) => [1, 2, 3].map((n) => `${word}${n} `.repeat(200).trim()).join('\n');

type Ingestion = ReturnType<typeof createIngestion>;

/** The effect of this number fails, before it happened or after. */
function crashAt(ingestion: Ingestion, number: number, moment: 'before' | 'after') {
  let effects = 0;
  for (const [store, names] of Object.entries(EFFECTS)) {
    const target = ingestion[store as keyof typeof EFFECTS] as any;
    for (const name of names) {
      const act = target[name].bind(target);
      target[name] = async (...given: unknown[]) => {
        effects += 1;
        if (effects !== number) return act(...given);
        if (moment === 'after') await act(...given);
        throw new Error('The function was killed.');
      };
    }
  }
  return () => effects;
}

/** A visible version, and the job of the next one. */
async function replaced(): Promise<{ ingestion: Ingestion; job: Job }> {
  const ingestion = createIngestion(new StillClock());
  await ingestion.run({ documents: [ingestion.upload('a.md', textOf('old'), { order: 1 })], isSingle: true });
  return { ingestion, job: ingestion.upload('a.md', textOf('new'), { order: 2 }) };
}

function expectWhole(ingestion: Ingestion): string {
  const row = ingestion.documents.rows.get(KEY)!;
  const versions = [...ingestion.vectors.records.keys()].map((key) => ofVectorKey(key).versionKey);
  expect(versions).toEqual(Array.from({ length: 3 }, () => row.visible!.versionKey));
  expect(row).toMatchObject({ pending: [], garbage: [] });
  return row.visible!.source.versionId;
}

async function sweep(ingestion: Ingestion): Promise<void> {
  const clock = ingestion.props.clock as StillClock;
  for (const milliseconds of [8 * 24 * 3_600_000, 3_600_000]) {
    await clock.sleep(milliseconds);
    await createSweepDocuments(ingestion.props)(inTime);
  }
}

/** Every effect that a replacement has. */
async function effectCount(): Promise<number> {
  const { ingestion, job } = await replaced();
  const effects = crashAt(ingestion, 0, 'before');
  await ingestion.run({ documents: [job], isSingle: true });
  return effects();
}

describe('a crash at any effect of any stage', () => {
  it.each(['before', 'after'] as const)('%s it, tried again: the new version is visible and whole', async (moment) => {
    const count = await effectCount();
    expect(count).toBeGreaterThan(8);
    for (let number = 1; number <= count; number += 1) {
      const { ingestion, job } = await replaced();
      crashAt(ingestion, number, moment);
      let documents: readonly Job[] = [job];
      for (const name of STAGES) {
        const attempt = () => ingestion.run({ documents, isSingle: true }, [name]);
        documents = await attempt().catch(attempt);
      }
      await sweep(ingestion);
      expect(expectWhole(ingestion)).toBe(job.source.versionId);
    }
  });

  it.each(['before', 'after'] as const)('%s it, given up: one version is visible and whole', async (moment) => {
    const count = await effectCount();
    for (let number = 1; number <= count; number += 1) {
      const { ingestion, job } = await replaced();
      crashAt(ingestion, number, moment);
      const error = { Error: 'Lambda.Unknown' };
      await ingestion
        .run({ documents: [job], isSingle: true })
        .catch(() => createRollBackVersion(ingestion.props)({ documents: [job], error }, inTime));
      await sweep(ingestion);
      expectWhole(ingestion);
    }
  });

  it('and nobody comes back: the sweeper leaves one version, whole', async () => {
    const count = await effectCount();
    for (let number = 1; number <= count; number += 1) {
      const { ingestion, job } = await replaced();
      crashAt(ingestion, number, 'after');
      await ingestion.run({ documents: [job], isSingle: true }).catch(() => undefined);
      await sweep(ingestion);
      expectWhole(ingestion);
    }
  });
});
