import { StepFunctionsBench } from '../../support/step-functions';

const definition = (comment: string) => ({ Comment: comment, StartAt: 'A', States: { A: { Type: 'Succeed' } } });

describe('state machines, versions and aliases', () => {
  let bench: StepFunctionsBench;
  beforeEach(() => {
    bench = new StepFunctionsBench();
  });

  it('answers the same creation as before, and rejects another one of that name', async () => {
    const arn = await bench.create(definition('1'), { name: 'same' });
    expect(await bench.create(definition('1'), { name: 'same', roleArn: 'arn:aws:iam::000000000000:role/other' })).toBe(
      arn,
    );
    await expect(bench.create(definition('2'), { name: 'same' })).rejects.toMatchObject({
      code: 'StateMachineAlreadyExists',
      message: `State Machine Already Exists: '${arn}'`,
    });
  });

  it('keeps the revision when an update changes nothing', async () => {
    const stateMachineArn = await bench.create(definition('1'));
    const update = (comment: string) =>
      bench.call('UpdateStateMachine', { stateMachineArn, definition: JSON.stringify(definition(comment)) });
    const { revisionId } = await update('2');
    expect((await update('2')).revisionId).toBe(revisionId);
    expect((await update('3')).revisionId).not.toBe(revisionId);
  });

  it('runs the revision that an execution began with, whatever is updated meanwhile', async () => {
    const waiting = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 5, Next: 'E' }, E: { Type: 'Succeed' } } };
    const stateMachineArn = await bench.create(waiting);
    const executionArn = await bench.start(stateMachineArn);
    const broken = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'New' } } };
    await bench.call('UpdateStateMachine', { stateMachineArn, definition: JSON.stringify(broken) });
    await bench.clock.turn(5_000);
    expect((await bench.describe(executionArn)).status).toBe('SUCCEEDED');
    expect(await bench.run(stateMachineArn)).toMatchObject({ status: 'FAILED', error: 'New' });
  });

  it('publishes one version per revision and never gives a number twice', async () => {
    const stateMachineArn = await bench.create(definition('1'), { publish: true });
    const publish = async () =>
      (await bench.call('PublishStateMachineVersion', { stateMachineArn })).stateMachineVersionArn;
    expect(await publish()).toBe(`${stateMachineArn}:1`);
    await bench.call('UpdateStateMachine', {
      stateMachineArn,
      definition: JSON.stringify(definition('2')),
      publish: true,
    });
    await bench.call('DeleteStateMachineVersion', { stateMachineVersionArn: `${stateMachineArn}:2` });
    expect(await publish()).toBe(`${stateMachineArn}:3`);
    const { stateMachineVersions } = await bench.call('ListStateMachineVersions', { stateMachineArn });
    expect(stateMachineVersions.map((v: any) => v.stateMachineVersionArn)).toEqual([
      `${stateMachineArn}:3`,
      `${stateMachineArn}:1`,
    ]);
  });

  it('shares the executions of an alias among its versions by weight', async () => {
    const stateMachineArn = await bench.create(definition('1'), { publish: true });
    await bench.call('UpdateStateMachine', {
      stateMachineArn,
      definition: JSON.stringify(definition('2')),
      publish: true,
    });
    const routes = (first: number) => [
      { stateMachineVersionArn: `${stateMachineArn}:1`, weight: first },
      { stateMachineVersionArn: `${stateMachineArn}:2`, weight: 100 - first },
    ];
    const { stateMachineAliasArn } = await bench.call('CreateStateMachineAlias', {
      name: 'live',
      routingConfiguration: routes(80),
    });
    let first = 0;
    for (let i = 0; i < 500; i++) {
      const { stateMachineVersionArn } = await bench.describe(await bench.start(stateMachineAliasArn));
      if (stateMachineVersionArn === `${stateMachineArn}:1`) first++;
    }
    expect(first).toBeGreaterThan(350);
    expect(first).toBeLessThan(450);
    await expect(
      bench.call('DeleteStateMachineVersion', { stateMachineVersionArn: `${stateMachineArn}:1` }),
    ).rejects.toMatchObject({ code: 'ConflictException', message: expect.stringContaining('[live]') });
    await expect(
      bench.call('UpdateStateMachineAlias', {
        stateMachineAliasArn,
        routingConfiguration: [{ stateMachineVersionArn: `${stateMachineArn}:1`, weight: 99 }],
      }),
    ).rejects.toMatchObject({ code: 'ValidationException' });
  });

  it('rejects what the model of the API refuses, every member at once', async () => {
    await expect(bench.call('CreateStateMachine', { name: 'n'.repeat(81), roleArn: '' })).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(
        /^3 validation errors detected: Value 'n+' at 'name' failed to satisfy constraint: Member must have length less than or equal to 80; Value null at 'definition' .* must not be null; Value '' at 'roleArn' /,
      ),
    });
  });

  it('ends the executions of a machine that is deleted', async () => {
    const stateMachineArn = await bench.create({
      StartAt: 'W',
      States: { W: { Type: 'Wait', Seconds: 60, End: true } },
    });
    const executionArn = await bench.start(stateMachineArn);
    await bench.call('DeleteStateMachine', { stateMachineArn });
    expect((await bench.describe(executionArn)).status).toBe('ABORTED');
    await expect(bench.start(stateMachineArn)).rejects.toMatchObject({ code: 'StateMachineDoesNotExist' });
  });
});
