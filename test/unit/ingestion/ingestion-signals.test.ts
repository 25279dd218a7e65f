import { rollBack } from '../../../lambdas/ingestion/domain/hidden-vectors';
import type { IngestInput } from '../../../lambdas/ingestion/domain/ingest-starter';
import { versionOf } from '../../../lambdas/ingestion/domain/job-version';
import { createQuarantineDocument, createRollBackVersion } from '../../../lambdas/ingestion/domain/settle-document';
import { createStartIngestion } from '../../../lambdas/ingestion/domain/start-ingestion';
import { keptMeter } from '../../support/kept-meter';
import { createIngestion, inTime, STAGES, StillClock } from './support/ingestion';

const TEXT = 'The lighthouse was painted in spring.';
const KEY = 'documents/acme/a.md';

function room() {
  const clock = new StillClock(Date.UTC(2026, 0, 1, 12));
  const { meter, counted, measured } = keptMeter();
  const ingestion = createIngestion(clock, meter);
  const started: IngestInput[] = [];
  const parked: string[] = [];
  const start = createStartIngestion({
    ...ingestion.props,
    documentsBucket: 'documents',
    sources: ingestion.objects,
    starter: {
      async start(input) {
        started.push(input);
        return 'started';
      },
    },
    deadLetters: { send: async (_body, attributes) => void parked.push(attributes?.errorName ?? '') },
  });
  const send = (type: string, detail: object, source = 'aws.s3') => {
    const time = new Date(clock.time).toISOString();
    return start({ messageId: 'm-1', body: JSON.stringify({ id: 'e-1', source, 'detail-type': type, time, detail }) });
  };
  const detailOf = (versionId: string) => ({
    bucket: { name: 'documents' },
    object: { key: KEY, 'version-id': versionId, sequencer: clock.time.toString(16) },
  });
  /** Uploads the document and tells of it; `more` is added to the event's detail. */
  const upload = (more: object = {}) => {
    const { versionId } = ingestion.objects.upload(KEY, TEXT, { modifiedAt: clock.time });
    return send('Object Created', { ...detailOf(versionId), ...more });
  };
  const remove = () => send('Object Deleted', { ...detailOf('marker'), 'deletion-type': 'Delete Marker Created' });
  const signals = () => ({ good: counted.WorkflowGood, bad: counted.WorkflowBad, fenced: counted.StepFenced });
  return { clock, ingestion, counted, measured, started, parked, send, upload, remove, signals };
}

describe('what ingestion tells of a document', () => {
  it('that becomes visible: good, with the time since it was uploaded, once', async () => {
    const { clock, ingestion, measured, started, signals, upload } = room();
    await upload();
    clock.time += 7_000;
    const documents = await ingestion.run({ documents: started, isSingle: true });
    await ingestion.run({ documents, isSingle: true }, ['validate']);
    expect(signals()).toEqual({ good: 1 });
    expect(measured).toEqual({ EndToEndSeconds: [7] });
  });

  it('of a bulk load: good, without a time', async () => {
    const { ingestion, measured, signals } = room();
    await ingestion.run({ documents: [ingestion.upload('a.md', TEXT, { order: 1 })] });
    expect(signals()).toEqual({ good: 1 });
    expect(measured).toEqual({});
  });

  it('that a load hands over: the time counts from then', async () => {
    const { clock, ingestion, measured, started, send } = room();
    await send('Document Handed Over', ingestion.upload('a.md', TEXT, { order: 1 }), 'stepwright.ingestion');
    clock.time += 3_000;
    await ingestion.run({ documents: started, isSingle: true });
    expect(measured).toEqual({ EndToEndSeconds: [3] });
  });

  it('that is deleted: good, once', async () => {
    const { remove, signals } = room();
    await remove();
    await remove();
    expect(signals()).toEqual({ good: 1 });
  });

  it('that is refused: good, once, alone and in a batch', async () => {
    const { ingestion, signals } = room();
    const alone = createQuarantineDocument(ingestion.props);
    const error = { Error: 'DocumentRefused', Cause: 'It is broken.' };
    const job = ingestion.upload('a.md', 'broken', { order: 1 });
    await alone({ documents: [job], error });
    await alone({ documents: [job], error });
    expect(signals()).toEqual({ good: 1 });
    const run = 'load-7-0';
    await ingestion.run({ documents: [ingestion.upload('b.md', 'broken', { order: 1, run })] });
    expect(signals()).toEqual({ good: 2 });
  });

  it.each([
    ['bad when it failed', 'States.Timeout', 1],
    ['nothing when a later one was faster', 'SupersededVersion', undefined],
  ])('whose version is rolled back: %s', async (_what, error, bad) => {
    const { ingestion, signals } = room();
    const roll = createRollBackVersion(ingestion.props);
    await roll({ documents: [ingestion.upload('a.md', TEXT, { order: 1 })], error: { Error: error } }, inTime);
    expect(signals()).toEqual({ bad });
  });

  it('whose version was given up while Validate was at it: a zombie was stopped', async () => {
    const { ingestion, signals } = room();
    const documents = await ingestion.run(
      { documents: [ingestion.upload('a.md', TEXT, { order: 1 })], isSingle: true },
      STAGES.slice(0, -1),
    );
    const { query } = ingestion.vectors;
    ingestion.vectors.query = async (asked) => {
      const hits = await query.call(ingestion.vectors, asked);
      await rollBack(ingestion.props, versionOf(documents[0]!), Infinity);
      return hits;
    };
    const late = ingestion.run({ documents, isSingle: true }, ['validate']);
    await expect(late).rejects.toMatchObject({ name: 'SupersededVersion' });
    expect(signals()).toEqual({ fenced: 1 });
  });
});

describe('events of the bucket', () => {
  it('that say more than we know go on, and are told of', async () => {
    const { upload, counted, started, parked } = room();
    await upload({ version: '0', reason: 'PutObject', 'request-id': 'r', requester: 'q', 'source-ip-address': '::1' });
    expect(counted.UnknownFields).toBeUndefined();
    await upload({ mood: 'good', object: { key: KEY, sequencer: '01', size: 1, etag: 'e', colour: 'red' } });
    expect(counted).toMatchObject({ UnknownFields: 1 });
    expect(started).toHaveLength(2);
    expect(parked).toEqual([]);
  });

  it('of a version that we do not know are parked, and told of', async () => {
    const { upload, counted, started, parked } = room();
    await upload({ version: '1' });
    expect(counted).toEqual({ IngestMessageRejected: 1, UnknownVersion: 1 });
    expect(parked).toEqual(['UnknownVersion']);
    expect(started).toEqual([]);
  });
});
