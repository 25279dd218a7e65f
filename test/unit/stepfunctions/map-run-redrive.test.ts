import { AwsError } from '../../../local/wire/aws-error';
import { administrator } from '../../../local/wire/gateway';
import { recordingService } from '../../support/recording-service';
import { StepFunctionsBench } from '../../support/step-functions';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:work';

/** A Map whose children call a function for their item and then pass its answer on. */
const machine = (ExecutionType: string, more: object = {}) => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType },
        StartAt: 'First',
        States: {
          First: { Type: 'Pass', Next: 'Work' },
          Work: { Type: 'Task', Resource: FUNCTION, End: true },
        },
      },
      End: true,
      ...more,
    },
  },
});

function world() {
  const broken = new Set<number>();
  const lambda = recordingService('lambda', {
    Invoke({ Payload }: { Payload: Buffer }) {
      const item = JSON.parse(Payload.toString());
      if (broken.has(item)) throw new AwsError('TooManyRequestsException', 'broken', 429);
      return { StatusCode: 200, Payload: Buffer.from(String(item * 10)) };
    },
  });
  const bench = new StepFunctionsBench(lambda);
  const asked = () => lambda.calls.splice(0).map(({ input }) => JSON.parse(input.Payload.toString()));
  const mapRun = async (executionArn: string) => {
    const { mapRuns } = await bench.call('ListMapRuns', { executionArn });
    expect(mapRuns).toHaveLength(1);
    return bench.call('DescribeMapRun', { mapRunArn: mapRuns[0].mapRunArn });
  };
  const settle = async (executionArn: string) => {
    for (let turn = 0; turn < 30; turn++) await bench.clock.turn(0);
    return bench.describe(executionArn);
  };
  return { broken, bench, asked, mapRun, settle };
}

describe('redrive of a Map Run', () => {
  it.each(['STANDARD', 'EXPRESS'])('runs again the %s children alone that had failed', async (type) => {
    const { broken, bench, asked, mapRun, settle } = world();
    broken.add(2).add(4);
    const { executionArn } = await bench.run(
      await bench.create(machine(type, { ToleratedFailureCount: 1 })),
      [1, 2, 3, 4, 5],
    );
    expect(asked().sort()).toEqual([1, 2, 3, 4, 5]);
    const before = await mapRun(executionArn);
    expect(before).toMatchObject({
      status: 'FAILED',
      redriveCount: 0,
      itemCounts: { failed: 2, succeeded: 3, total: 5 },
    });
    broken.clear();
    await bench.clock.turn(6 * 60_000);
    await bench.call('RedriveExecution', { executionArn });
    expect(await settle(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '[10,20,30,40,50]' });
    expect(asked()).toEqual([2, 4]);
    const after = await mapRun(executionArn);
    expect(after).toMatchObject({
      mapRunArn: before.mapRunArn,
      status: 'SUCCEEDED',
      redriveCount: 1,
      redriveDate: bench.clock.now() / 1000,
      itemCounts: { failed: 0, succeeded: 5, pendingRedrive: 0, running: 0, total: 5 },
    });
    const types = await bench.eventTypes(executionArn);
    expect(types.slice(types.indexOf('ExecutionRedriven'))).toEqual([
      'ExecutionRedriven',
      'MapRunRedriven',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('begins the items that had not been begun, one at a time where no more may run', async () => {
    const { broken, bench, asked, settle } = world();
    broken.add(1);
    const { executionArn } = await bench.run(await bench.create(machine('STANDARD', { MaxConcurrency: 1 })), [1, 2, 3]);
    expect(asked()).toEqual([1]);
    broken.clear();
    await bench.call('RedriveExecution', { executionArn });
    expect(await settle(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '[10,20,30]' });
    expect(asked()).toEqual([1, 2, 3]);
  });

  it('goes on with the state in which a Standard child had failed', async () => {
    const { broken, bench, settle, mapRun } = world();
    broken.add(1);
    const { executionArn } = await bench.run(await bench.create(machine('STANDARD')), [1]);
    broken.clear();
    const { mapRunArn } = await mapRun(executionArn);
    const { executions } = await bench.call('ListExecutions', { mapRunArn });
    const child = executions[0].executionArn;
    expect((await bench.describe(child)).redriveStatus).toBe('REDRIVABLE_BY_MAP_RUN');
    await expect(bench.call('RedriveExecution', { executionArn: child })).rejects.toMatchObject({
      code: 'ExecutionNotRedrivable',
    });
    await bench.call('RedriveExecution', { executionArn });
    await settle(executionArn);
    const types = await bench.eventTypes(child);
    expect(types.filter((type) => type === 'PassStateEntered')).toHaveLength(1);
    expect(types).toContain('ExecutionRedriven');
  });

  it('fails again when the children do, and puts those that were stopped to work again', async () => {
    const { broken, bench, asked, mapRun, settle } = world();
    broken.add(2);
    const { executionArn } = await bench.run(await bench.create(machine('STANDARD')), [1, 2]);
    asked();
    await bench.call('RedriveExecution', { executionArn });
    expect(await settle(executionArn)).toMatchObject({ status: 'FAILED', redriveCount: 1 });
    expect(asked()).toEqual([2]);
    expect(await mapRun(executionArn)).toMatchObject({
      status: 'FAILED',
      itemCounts: { failed: 1, pendingRedrive: 0 },
    });
  });

  it.each([
    ['states:StartExecution', 'stateMachine:machine-1'],
    ['states:RedriveExecution', 'execution:machine-1/Label:*'],
  ])('fails with States.Permissions when the role lacks %s', async (lacking, resource) => {
    const { broken, bench, settle } = world();
    const { gateway } = bench;
    broken.add(1);
    const machineArn = await bench.create(machine('STANDARD', { Label: 'Label' }));
    gateway.useAuthorizer({
      identify: () => administrator(gateway.accountId),
      assumeRole: (roleArn) => ({ kind: 'role', arn: roleArn, roleArn, accountId: gateway.accountId }),
      credentialsOf: () => ({ accessKeyId: '', secretAccessKey: '', sessionToken: '' }),
      authorize(caller, _service, access) {
        const isLacking = caller.kind === 'role' && access.action === lacking;
        if (isLacking) throw new AwsError('AccessDeniedException', `not on ${access.resource}`);
      },
    });
    const { executionArn } = await bench.run(machineArn, [1]);
    if (lacking === 'states:RedriveExecution') await bench.call('RedriveExecution', { executionArn });
    expect(await settle(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'States.Permissions',
      cause: `not on arn:aws:states:us-east-1:000000000000:${resource}`,
    });
  });
});
