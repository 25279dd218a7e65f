import { DocumentRefused } from '../../../lambdas/ingestion/contracts/errors';
import { documentKeyOf } from '../../../lambdas/ingestion/domain/identity';
import type { IngestInput } from '../../../lambdas/ingestion/domain/ingest-starter';
import { createPlanLoad } from '../../../lambdas/ingestion/domain/plan-load';
import { createQuarantineDocument } from '../../../lambdas/ingestion/domain/settle-document';
import { createParse } from '../../../lambdas/ingestion/domain/stages/parse';
import { createStartIngestion } from '../../../lambdas/ingestion/domain/start-ingestion';
import { createIngestion, parseLines, StillClock } from './support/ingestion';

const TEXT = 'The lighthouse was painted in spring.';
const ROW = documentKeyOf('acme', 'a.md');

/** A bucket whose parser refuses every document until it is mended. */
function refusing() {
  const clock = new StillClock();
  const ingestion = createIngestion(clock);
  const parser = { isMended: false };
  ingestion.works.parse = createParse({
    sources: ingestion.objects,
    work: ingestion.objects,
    parser: {
      parse(request) {
        if (!parser.isMended) throw new DocumentRefused('The parser cannot read it yet.');
        return parseLines(request);
      },
    },
  });
  const started: IngestInput[] = [];
  const start = createStartIngestion({
    ...ingestion.props,
    documentsBucket: 'documents',
    sources: ingestion.objects,
    starter: {
      async start(input) {
        if (started.some(({ run }) => run === input.run)) return 'exists';
        started.push(input);
        return 'started';
      },
    },
    deadLetters: { send: () => Promise.reject(new Error('nothing is rejected')) },
  });
  return {
    ingestion,
    parser,
    started,
    row: () => ingestion.documents.rows.get(ROW),

    async upload(text: string): Promise<void> {
      clock.time += 2_000;
      const key = 'documents/acme/a.md';
      const { versionId } = ingestion.objects.upload(key, text, { modifiedAt: clock.now() });
      const detail = {
        bucket: { name: 'documents' },
        object: { key, 'version-id': versionId, sequencer: clock.now().toString(16) },
      };
      const time = new Date(clock.now()).toISOString();
      const event = { id: versionId, source: 'aws.s3', 'detail-type': 'Object Created', time, detail };
      await start({ messageId: versionId, body: JSON.stringify(event) });
    },

    /** Runs the newest execution as its machine does: what is refused is quarantined. */
    async run(): Promise<void> {
      const documents = [started.at(-1)!];
      try {
        await ingestion.run({ documents, isSingle: true });
      } catch (error) {
        const { name, message } = error as Error;
        const failure = { Error: name, Cause: JSON.stringify({ errorMessage: message }) };
        await createQuarantineDocument(ingestion.props)({ documents, error: failure });
      }
    },

    /** Loads the same text in bulk; gives what plan-load said. */
    async load(loadId: string, text: string) {
      clock.time += 2_000;
      const { tenant, path, contentHash, sizeBytes } = ingestion.upload('a.md', text, { order: 1 });
      const source = ingestion.objects.upload(`bulk/${loadId}/acme/a.md`, text, { modifiedAt: clock.now() });
      const line = { tenant, path, contentHash, sizeBytes, source, sequence: `${clock.now()}-` };
      await ingestion.objects.put(`work/loads/${loadId}/manifest.jsonl`, `${JSON.stringify(line)}\n`);
      const queue = { send: () => Promise.reject(new Error('nothing is handed over')) };
      const plan = await createPlanLoad({
        ...ingestion.props,
        documentsBucket: 'documents',
        mostDocuments: 10_000,
        queue,
      })({ loadId });
      const documents = ingestion.objects.work.get(plan.key)!.toString().split('\n').filter(Boolean);
      if (documents.length > 0) await ingestion.run({ documents: documents.map((job) => JSON.parse(job)) });
      return plan;
    },
  };
}

describe('a quarantined document that is uploaded again, unchanged, after the fault was mended', () => {
  it('is run again and ends visible, with no reason left', async () => {
    const { upload, run, row, parser, started, ingestion } = refusing();
    await upload(TEXT);
    await run();
    expect(row()).toMatchObject({ status: 'quarantined', reason: 'The parser cannot read it yet.' });
    parser.isMended = true;
    await upload(TEXT);
    await run();
    expect(started).toHaveLength(2);
    expect(row()).toMatchObject({ status: 'visible', visible: { source: { versionId: 'v2' } } });
    expect(row()).not.toHaveProperty('reason');
    expect(await ingestion.search({ tenant: 'acme', text: TEXT, k: 1 })).toMatchObject([
      { text: TEXT, versionId: 'v2' },
    ]);
  });

  it('is run again in a bulk load too, and once only', async () => {
    const { load, row, parser } = refusing();
    expect(await load('first', TEXT)).toMatchObject({ count: 1 });
    expect(row()).toMatchObject({ status: 'quarantined' });
    parser.isMended = true;
    expect(await load('second', TEXT)).toMatchObject({ count: 1, unchanged: 0 });
    expect(row()).toMatchObject({ status: 'visible' });
    expect(await load('third', TEXT)).toMatchObject({ count: 0, unchanged: 1 });
  });

  it('is refused again, and not shown, while the fault is there', async () => {
    const { upload, run, row, started, ingestion } = refusing();
    for (let time = 1; time <= 3; time += 1) {
      await upload(TEXT);
      await run();
      expect(row()).toMatchObject({ status: 'quarantined', source: { versionId: `v${time}` } });
    }
    expect(started).toHaveLength(3);
    expect(await ingestion.search({ tenant: 'acme', text: TEXT, k: 1 })).toEqual([]);
  });

  it('leaves what was visible before searchable until it is visible itself', async () => {
    const { upload, run, row, parser, ingestion } = refusing();
    parser.isMended = true;
    await upload('The old words.');
    await run();
    parser.isMended = false;
    await upload(TEXT);
    await run();
    expect(row()).toMatchObject({ status: 'quarantined', visible: { source: { versionId: 'v1' } } });
    expect(await ingestion.search({ tenant: 'acme', text: TEXT, k: 1 })).toMatchObject([{ text: 'The old words.' }]);
    parser.isMended = true;
    await upload(TEXT);
    await run();
    expect(await ingestion.search({ tenant: 'acme', text: TEXT, k: 1 })).toMatchObject([{ text: TEXT }]);
    expect(row()).not.toHaveProperty('reason');
  });
});
