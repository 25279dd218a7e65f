import { ASSEMBLY_FOLDER } from '../../support/assembly-folder';
import { assemblyWithPrelude } from '../../support/patched-assembly';
import { FailureMode, MINUTE_MS, pageOf } from '../../support/watched/failure-mode';

const LINES = [{ sku: 'lamp', quantity: 1 }];
/** A start-orders that knows version 2, whose orders are those of version 1. */
const KNOWS_VERSION_2 = `
  const parse = JSON.parse;
  JSON.parse = (text, reviver) => {
    const value = parse(text, reviver);
    if (value?.detail?.version === 2) value.detail.version = 1;
    return value;
  };`;

describe('a producer that changes what it sends', () => {
  let mode: FailureMode;
  beforeAll(async () => {
    mode = await FailureMode.start();
  }, 300_000);
  afterAll(() => mode?.stop());

  it('is noticed by a field that we do not know, and its orders go on', async () => {
    mode.begins();
    await publish({ orderId: 'gift', lines: LINES, giftWrap: true });
    expect(await mode.rings('schema-drift')).toMatchObject({ severity: 'ticket', ...pageOf('schema-drift') });
    expect(await mode.wrongAfter(30 * MINUTE_MS)).toEqual([]);
    expect(mode.rung()).toEqual(['ticket orders: schema-drift']);
  });

  it('is noticed by a field that is missing; the order is parked until the producer sends it whole', async () => {
    mode.begins();
    await publish({ orderId: 'bare' });
    await mode.rings('schema-drift');
    expect(await mode.ops('dlq', 'show', 'OrderDeadLetterQueue')).toContain('poison');
    await publish({ orderId: 'bare', lines: LINES });
    await deleteParked('sent again, whole');
    expect(await mode.wrongAfter(30 * MINUTE_MS)).toEqual([]);
    expect(mode.rung()).toEqual(['ticket orders: schema-drift']);
  });

  it('is noticed by a new version; the order is parked, and replayed once we know the version', async () => {
    mode.begins();
    await publish({ version: 2, orderId: 'second', lines: LINES });
    await mode.rings('schema-drift');
    expect(await mode.books.open()).toEqual(['second']);
    const mended = assemblyWithPrelude(ASSEMBLY_FOLDER, 'StartOrders', KNOWS_VERSION_2);
    await mode.watched.stacks.stacks.embedded.deploy(mended);
    await mode.ops('dlq', 'replay', 'OrderDeadLetterQueue', '--only', 'poison');
    expect(await mode.wrongAfter(30 * MINUTE_MS)).toEqual([]);
    expect(mode.rung()).toEqual(['ticket orders: schema-drift']);
  });

  async function publish(detail: { orderId: string; [field: string]: unknown }): Promise<void> {
    mode.books.add(detail.orderId);
    const EventBusName = mode.watched.stacks.orders.OrderBusName;
    const entry = { EventBusName, Source: 'test.shop', DetailType: 'OrderPlaced', Detail: JSON.stringify(detail) };
    await mode.watched.call('events', 'PutEvents', { Entries: [entry] });
  }

  async function deleteParked(reason: string): Promise<void> {
    const shown = await mode.ops('dlq', 'show', 'OrderDeadLetterQueue');
    const [messageId] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(shown)!;
    await mode.ops('dlq', 'delete', 'OrderDeadLetterQueue', '--message', messageId, '--reason', reason);
  }
});
