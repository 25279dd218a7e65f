import { createHash } from 'node:crypto';
import { FailureMode, HOUR_MS, MINUTE_MS, pageOf } from '../../support/watched/failure-mode';
import { OrderLoad } from '../../support/watched/order-load';

/** Orders of a producer that has lost its mind, each second. */
const ORDERS_A_SECOND = 2;
/** What one order may have: lambdas/orders/contracts/fields.ts. */
const MOST_LINES = 50;
/** What one load may have in this stage: lib/stages/dev.ts. */
const MOST_DOCUMENTS = 10_000;

let mode: FailureMode;

describe('a producer that floods the shop with orders', () => {
  let load: OrderLoad;
  beforeAll(async () => {
    mode = await FailureMode.start();
    load = new OrderLoad(mode.watched, mode.books, { sku: 'lamp', everySeconds: 1 / ORDERS_A_SECOND });
  }, 300_000);
  afterAll(() => mode?.stop());

  it('pages within five minutes', async () => {
    mode.begins();
    await load.during('flood', mode.leftMs, () => mode.bell('cost-runaway') !== undefined);
    expect(await mode.rings('cost-runaway')).toMatchObject({
      ...{ severity: 'page', stack: 'observability' },
      ...pageOf('cost-runaway'),
    });
  });

  it('costs no more while its orders wait, and loses none', async () => {
    await mode.ops('pause', 'orders');
    await load.during('paused', 20_000);
    const transitions = await entered(ordersMachine());
    // The producer is found, and stopped. Orders that wait for five minutes would ring as well.
    await mode.watched.turn(3 * MINUTE_MS, 10_000);
    expect(await entered(ordersMachine())).toBe(transitions);
    await mode.ops('resume', 'orders');
    expect(await mode.wrongAfter(90 * MINUTE_MS)).toEqual([]);
    expect(mode.rung()).toEqual(['page observability: cost-runaway']);
    expect(await mode.books.ends()).toEqual({ OrderConfirmed: expect.any(Number) });
  });
});

describe('what is larger than its cap', () => {
  beforeAll(async () => {
    mode = await FailureMode.start();
  }, 300_000);
  afterAll(() => mode?.stop());

  it('is refused when it is an order: it is parked with its reason, costs no state, and a ticket says so', async () => {
    mode.begins();
    const transitions = await entered(ordersMachine());
    const lines = Array.from({ length: MOST_LINES + 1 }, (_, index) => ({ sku: `lamp-${index}`, quantity: 1 }));
    const EventBusName = mode.watched.stacks.orders.OrderBusName;
    const entry = { EventBusName, Source: 'test.shop', DetailType: 'OrderPlaced' };
    const Detail = JSON.stringify({ orderId: 'endless', lines });
    await mode.watched.call('events', 'PutEvents', { Entries: [{ ...entry, Detail }] });
    expect(await mode.rings('schema-drift')).toMatchObject({
      ...{ severity: 'ticket', stack: 'orders' },
      ...pageOf('schema-drift'),
    });
    expect(await parkedIn('OrderDeadLetterQueue')).toMatchObject([
      { messageClass: 'poison', why: expect.stringContaining(`lines must be at most ${MOST_LINES}`) },
    ]);
    expect(await entered(ordersMachine())).toBe(transitions);
  });

  it('is refused when it is a load of documents: it fans out to nothing, is parked, and tickets say so', async () => {
    mode.begins();
    const { status } = await runLoad('load-endless', Array.from({ length: MOST_DOCUMENTS + 1 }, imagined));
    expect(status).toBe('FAILED');
    expect(await mode.rings('ingest-reviews')).toMatchObject({
      ...{ severity: 'ticket', stack: 'ingestion' },
      ...pageOf('ingest-reviews'),
    });
    expect(await mode.rings('load-died')).toMatchObject({ severity: 'ticket', ...pageOf('load-died') });
    const [parked] = await parkedIn('IngestReviewQueue');
    expect(JSON.parse(parked.body).failures).toEqual([
      {
        ...{ step: 'PlanLoad', Error: 'InvalidInput' },
        Cause: expect.stringContaining(`more than ${MOST_DOCUMENTS} documents to work on: split it`),
      },
    ]);
    // PlanLoad, ParkLoad and LoadNeedsReview: as many as for a load of one document too many, whatever its size.
    expect(await entered(loadMachine())).toBe(3);
  });

  it('does its work once it is cut to size, and nothing is left', async () => {
    const documents = [await written('load-cut', 'harbour.md'), await written('load-cut', 'ships.md')];
    const { status, output } = await runLoad('load-cut', documents);
    expect({ status, ...JSON.parse(output) }).toMatchObject({ status: 'SUCCEEDED', visible: documents.length });
    for (const queue of ['IngestReviewQueue', 'OrderDeadLetterQueue']) {
      for (const { messageId } of await parkedIn(queue))
        await mode.ops('dlq', 'delete', queue, '--message', messageId, '--reason', 'sent again, cut to size');
    }
    expect(await mode.wrongAfter(30 * MINUTE_MS)).toEqual([]);
    expect(mode.rung().sort()).toEqual(['ticket ingestion: ingest-reviews', 'ticket ingestion: load-died']);
  });

  const parkedIn = (queue: string): Promise<any[]> => mode.watched.stacks.opsJson('dlq', 'show', queue);

  const keyOf = (loadId: string, path: string) => `bulk/${loadId}/acme/${path}`;

  /** A line of a manifest for an object that nobody has written. */
  function imagined(_: unknown, index: number): object {
    return lineOf('load-endless', `page-${index}.md`, 'none', '');
  }

  /** Writes a document, and gives its line of the manifest. */
  async function written(loadId: string, path: string): Promise<object> {
    const Body = `# ${path}\n\nThe harbour has seven ships.`;
    const Bucket = documentsBucket();
    const { VersionId } = await mode.watched.call('s3', 'PutObject', { Bucket, Key: keyOf(loadId, path), Body });
    return lineOf(loadId, path, VersionId, Body);
  }

  function lineOf(loadId: string, path: string, versionId: string, content: string): object {
    return {
      ...{ tenant: 'acme', path, sizeBytes: Buffer.byteLength(content) },
      source: { bucket: documentsBucket(), key: keyOf(loadId, path), versionId },
      sequence: `${mode.watched.clock.now()}-`,
      contentHash: createHash('sha256').update(content).digest('base64url'),
    };
  }

  /** Starts a load of these documents, and lets it come to its end. */
  async function runLoad(loadId: string, documents: readonly object[]): Promise<{ status: string; output: string }> {
    const { WorkBucketName, LoadAliasArn } = mode.watched.stacks.stacks.outputs;
    const Body = documents.map((document) => `${JSON.stringify(document)}\n`).join('');
    const Key = `work/loads/${loadId}/manifest.jsonl`;
    await mode.watched.call('s3', 'PutObject', { Bucket: WorkBucketName, Key, Body });
    const { executionArn } = await mode.watched.call('states', 'StartExecution', {
      ...{ stateMachineArn: LoadAliasArn, name: loadId },
      input: JSON.stringify({ loadId }),
    });
    const asked = () => mode.watched.call('states', 'DescribeExecution', { executionArn });
    await mode.watched.turnUntil(async () => (await asked()).status !== 'RUNNING', mode.leftMs);
    return asked();
  }

  const documentsBucket = () => mode.watched.stacks.stacks.outputs.DocumentsBucketName;
});

const ordersMachine = () => mode.watched.stacks.orders.OrdersMachineArn!;
const loadMachine = () => mode.watched.stacks.stacks.outputs.LoadMachineArn!;

/** States that a machine has entered until now. */
async function entered(machineArn: string): Promise<number> {
  const { Datapoints } = await mode.watched.call('monitoring', 'GetMetricStatistics', {
    Namespace: 'Stepwright/Machines',
    MetricName: `${machineArn.split(':').pop()}-StatesEntered`,
    StartTime: (mode.beganAt - HOUR_MS) / 1000,
    EndTime: (mode.watched.clock.now() + MINUTE_MS) / 1000,
    Period: 3600,
    Statistics: ['Sum'],
  });
  return Datapoints.reduce((sum: number, { Sum }: { Sum: number }) => sum + Sum, 0);
}
