import { ASSEMBLY_FOLDER } from '../../support/assembly-folder';
import { assemblyWithPrelude } from '../../support/patched-assembly';
import { FailureMode, MINUTE_MS, pageOf } from '../../support/watched/failure-mode';

/** A key of Stripe, as far as anybody can see: put together here, since no such thing may stand in a repository. */
const KEY = ['sk', 'live', '51NcEqKx0Zr8mWq'].join('_');

describe('a release that logs a key', () => {
  let mode: FailureMode;
  beforeAll(async () => {
    mode = await FailureMode.start();
  }, 300_000);
  afterAll(() => mode?.stop());

  it('pages within five minutes', async () => {
    mode.begins();
    const talkative = assemblyWithPrelude(ASSEMBLY_FOLDER, 'StartOrders', `console.log('paying with ${KEY}');`);
    await mode.watched.stacks.stacks.embedded.deploy(talkative);
    await mode.books.place('told', 'lamp');
    expect(await mode.rings('secret-in-logs')).toMatchObject({
      ...{ severity: 'page', stack: 'orders' },
      ...pageOf('secret-in-logs'),
    });
    expect(await linesWith(KEY)).toHaveLength(1);
  });

  it('is taken back, and what it wrote is deleted', async () => {
    await mode.watched.stacks.stacks.embedded.deploy(ASSEMBLY_FOLDER);
    const [line] = await linesWith(KEY);
    await mode.watched.call('logs', 'DeleteLogStream', {
      logGroupName: line.logGroupName,
      logStreamName: line.logStreamName,
    });
    await mode.books.place('silent', 'lamp');
    expect(await mode.wrongAfter(30 * MINUTE_MS)).toEqual([]);
    expect(mode.rung()).toEqual(['page orders: secret-in-logs']);
    expect(await linesWith(KEY)).toEqual([]);
  });

  /** Lines of all log groups that hold a text. */
  async function linesWith(text: string): Promise<any[]> {
    const { logGroups } = await mode.watched.call('logs', 'DescribeLogGroups', { logGroupNamePattern: 'StartOrders' });
    const found: any[] = [];
    for (const { logGroupName } of logGroups) {
      const asked = { logGroupName, filterPattern: `"${text}"` };
      const { events } = await mode.watched.call('logs', 'FilterLogEvents', asked);
      found.push(...events.map((event: any) => ({ ...event, logGroupName })));
    }
    return found;
  }
});
