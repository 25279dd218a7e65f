import { createHash } from 'node:crypto';
import { documentKeyOf } from '../../../bin/commands/ingest/ingestion-stack';
import { SystemRandom } from '../../../local/kernel/random';
import { ASSEMBLY_FOLDER } from '../../support/assembly-folder';
import { type EndedExecution, endedExecution, executionsOf, mapRunOf } from '../../support/ingestion/executions';
import { functionReports } from '../../support/ingestion/function-reports';
import { IngestionStacks } from '../../support/ingestion/ingestion-stacks';
import { longText } from '../../support/ingestion/long-text';
import { passagesIn, searchAs } from '../../support/ingestion/search-as';
import { assemblyWithoutWaits, WaitSkippingClock } from '../../support/ingestion/skipped-waits';
import { type CallCounts, watchCalls } from '../../support/ingestion/watched-calls';

const TENANT = 'acme';
const MEBIBYTE = 1024 * 1024;
const LONG_BYTES = 100 * MEBIBYTE;
/** The log is kept four times over, so that a quarter of its passages are paid for: some 21,000. */
const COPIES = 4;
const EMBEDDINGS_A_SECOND = 20;
/** The functions that wait for their turn to embed do not wait here: the clock goes forward instead. */
const WAITING_FUNCTIONS = 'StagesEmbed';
/** How often the stacks are looked at, in milliseconds of their own time. */
const LOOK_MS = 5_000;
const LARGEST_OUTPUT_BYTES = 32 * 1024;
const EXPRESS_MS = 300_000;

const clock = new WaitSkippingClock();
let stacks: IngestionStacks;
let embeddings: CallCounts;

beforeAll(async () => {
  const assemblyFolder = assemblyWithoutWaits(ASSEMBLY_FOLDER, WAITING_FUNCTIONS);
  stacks = await IngestionStacks.start({ assemblyFolder, kernel: { clock, random: new SystemRandom() } });
  stacks.embedded.bedrock.limitRequests(EMBEDDINGS_A_SECOND);
  embeddings = watchCalls(stacks.embedded, 'bedrock', 'InvokeModel');
}, 120_000);
afterAll(async () => {
  await stacks.stop();
  clock.close();
});

/** Looks again and again until there is an answer. */
async function until<T>(probe: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    await new Promise<void>((resolve) => clock.schedule(clock.now() + LOOK_MS, resolve));
  }
}

/** The end of a document's execution, as soon as it has one. */
function endOf(path: string): Promise<EndedExecution> {
  return until(async () => {
    const arns = await executionsOf(stacks, stacks.outputs.IngestMachineArn);
    const mine = arns.find((arn) => arn.includes(`:${documentKeyOf(TENANT, path)}-`));
    return mine === undefined ? undefined : endedExecution(stacks, mine);
  });
}

async function expectNoFunctionOverItsTime(): Promise<void> {
  const reports = await functionReports(stacks, 'ingestion');
  expect(reports.length).toBeGreaterThanOrEqual(7);
  for (const { functionName, timeOuts, longestMs, timeoutMs } of reports) {
    expect({ functionName, timeOuts, isInTime: longestMs < timeoutMs }).toEqual({
      functionName,
      timeOuts: 0,
      isInTime: true,
    });
  }
  console.info(
    'longest invocations in seconds',
    Object.fromEntries(
      reports.map(({ functionName, longestMs, invocations }) => [functionName, [longestMs / 1000, invocations]]),
    ),
  );
}

describe('under a limit of 20 embeddings a second', () => {
  it('a text of 100 MB is ingested across checkpoints, with small outputs and few transitions', async () => {
    const Body = longText(LONG_BYTES, { seed: 1, copies: COPIES });
    await stacks.call('s3', 'PutObject', {
      Bucket: stacks.outputs.DocumentsBucketName,
      Key: `documents/${TENANT}/ship.log`,
      Body,
      ContentType: 'text/plain',
    });
    const { output, durationMs, transitions, attempts, failures, largestOutputBytes } = await endOf('ship.log');
    const embedAttempts = attempts.EmbedDocuments!;
    console.info('a text of 100 MB', {
      ...output,
      transitions,
      attempts,
      largestOutputBytes,
      durationMs,
      ...embeddings,
    });

    expect({
      end: output.status,
      failures: failures.filter((failure) => !failure.includes('EmbeddingUnfinished')),
    }).toEqual({
      end: 'DocumentIngested',
      failures: [],
    });
    expect(output.chunks).toBeGreaterThan(LONG_BYTES / 2_000);
    expect(output.embedded).toBeGreaterThanOrEqual(20_000);
    expect(output.embedded + output.reused).toBe(output.chunks);
    // Nothing was paid for twice, and nothing faster than the limit.
    expect(embeddings.taken).toBe(output.embedded);
    expect(durationMs / 1000).toBeGreaterThan(output.embedded / EMBEDDINGS_A_SECOND - 10);
    expect(embedAttempts).toBeGreaterThan(1);
    expect(transitions).toBe(6 + embedAttempts - 1);
    expect(largestOutputBytes).toBeLessThanOrEqual(LARGEST_OUTPUT_BYTES);
    const found = passagesIn(await searchAs(stacks)(TENANT, { q: 'lantern on the mast', k: 5, path: 'ship.log' }));
    expect(found).toHaveLength(5);
    await expectNoFunctionOverItsTime();
  });

  it('a bulk load hands over what is larger than 2 MiB or not embedded in time, and no child passes its five minutes', async () => {
    const documents = [
      // Of 2 MiB and a byte: for the single machine from the start.
      { path: 'large.txt', content: longText(2 * MEBIBYTE + 1, { seed: 2 }) },
      // Some 1,700 passages: more than a child can embed in its time.
      { path: 'slow.txt', content: longText(2 * MEBIBYTE, { seed: 3 }) },
      ...[4, 5, 6].map((seed) => ({ path: `small-${seed}.txt`, content: longText(3_000, { seed }) })),
    ];
    const executionArn = await startLoad('load-1', documents);
    const load = await until(() => endedExecution(stacks, executionArn));
    const mapRun = await mapRunOf(stacks, executionArn);
    console.info('a bulk load', { ...load, mapRun });
    expect(load.output).toMatchObject({ documents: 5, visible: 3, handedOver: 2, quarantined: 0, superseded: 0 });
    expect(mapRun.executionCounts).toMatchObject({ total: 1, succeeded: 1, failed: 0, timedOut: 0, aborted: 0 });
    expect(mapRun.durationMs).toBeLessThan(EXPRESS_MS);
    expect(load.largestOutputBytes).toBeLessThanOrEqual(LARGEST_OUTPUT_BYTES);
    for (const path of ['large.txt', 'slow.txt']) {
      expect((await endOf(path)).output).toMatchObject({ status: 'DocumentIngested' });
    }
    await expectNoFunctionOverItsTime();
  });
});

/** Uploads documents below a load's prefix, writes its manifest, and starts its machine. */
async function startLoad(loadId: string, documents: readonly { path: string; content: Buffer }[]): Promise<string> {
  const bucket = stacks.outputs.DocumentsBucketName;
  const lines: string[] = [];
  for (const { path, content } of documents) {
    const key = `bulk/${loadId}/${TENANT}/${path}`;
    const { VersionId } = await stacks.call('s3', 'PutObject', { Bucket: bucket, Key: key, Body: content });
    const { LastModified } = await stacks.call('s3', 'HeadObject', { Bucket: bucket, Key: key });
    lines.push(
      JSON.stringify({
        tenant: TENANT,
        path,
        source: { bucket, key, versionId: VersionId },
        sizeBytes: content.length,
        contentHash: createHash('sha256').update(content).digest('base64url'),
        sequence: `${new Date(LastModified).getTime()}-`,
      }),
    );
  }
  await stacks.call('s3', 'PutObject', {
    Bucket: stacks.outputs.WorkBucketName,
    Key: `work/loads/${loadId}/manifest.jsonl`,
    Body: Buffer.from(`${lines.join('\n')}\n`),
  });
  const { executionArn } = await stacks.call('states', 'StartExecution', {
    stateMachineArn: stacks.outputs.LoadMachineArn,
    name: loadId,
    input: JSON.stringify({ loadId }),
  });
  return executionArn;
}
