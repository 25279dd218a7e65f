import { OpsStacks } from '../../support/ops-stacks';

let stacks: OpsStacks;

beforeAll(async () => {
  stacks = await OpsStacks.start();
}, 240_000);
afterAll(() => stacks?.stop());

const statuses = (lines: any[]) => Object.fromEntries(lines.map(({ id, status }) => [id, status]));

/** Has the watcher look now, and not at the next full minute, and waits until its figures are there. */
async function letWatcherLook(): Promise<void> {
  const { Functions } = await stacks.call('lambda', 'ListFunctions', {});
  const { FunctionName } = Functions.find((each: any) => each.FunctionName.includes('WatchExecutions'));
  await stacks.call('lambda', 'Invoke', { FunctionName, Payload: Buffer.from('{}') });
  await stacks.until('the watcher has counted', async () => {
    const lines = await stacks.opsJson('readiness', '--stage', 'incident');
    return statuses(lines)['watcher-runs'] === 'passed';
  });
}

describe('npm run ops -- readiness', () => {
  it('passes before production where nothing is wrong', async () => {
    await letWatcherLook();
    const lines = await stacks.opsJson('readiness');
    expect(lines.filter(({ status }) => status !== 'passed')).toEqual([]);
    for (const { evidence } of lines) expect(evidence).not.toBe('');
  });

  it('fails a development stage as production, line by line', async () => {
    const lines = await stacks.opsJson('readiness', '--stage', 'production');
    expect(statuses(lines)).toMatchObject({
      'production-stage': 'failed',
      'no-toys': 'failed',
      'tables-protected': 'failed',
      'histories-sealed': 'passed',
      'mail-reaches-all': 'passed',
    });
    expect((await stacks.ops('readiness', '--stage', 'production')).code).toBe(1);
  });

  it('sees what goes wrong in an incident', async () => {
    const calm = await stacks.opsJson('readiness', '--stage', 'incident');
    expect(statuses(calm)).toMatchObject({
      'nothing-parked': 'passed',
      'intakes-open': 'passed',
      'nothing-died': 'passed',
    });
    await stacks.call('sqs', 'SendMessage', { QueueUrl: stacks.orders.ReviewQueueUrl, MessageBody: '{}' });
    await stacks.ops('pause', 'approvals');
    const { MetricAlarms } = await stacks.call('monitoring', 'DescribeAlarms', {});
    const [{ AlarmName }] = MetricAlarms;
    const ringing = { AlarmName, StateValue: 'ALARM', StateReason: 'a test rings it' };
    await stacks.call('monitoring', 'SetAlarmState', ringing);
    const lines = await stacks.opsJson('readiness', '--stage', 'incident');
    expect(statuses(lines)).toMatchObject({
      'nothing-parked': 'failed',
      'intakes-open': 'failed',
      'alarms-quiet': 'failed',
    });
    const evidence = Object.fromEntries(lines.map((line: any) => [line.id, line.evidence]));
    expect(evidence['nothing-parked']).toContain('ReviewQueue: 1');
    expect(evidence['intakes-open']).toContain('approvals is Disabled');
    expect(evidence['alarms-quiet']).toContain('a test rings it');
  });
});
