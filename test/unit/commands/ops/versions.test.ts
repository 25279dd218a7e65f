import { CreateStateMachineCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { needless, readVersions } from '../../../../bin/commands/ops/versions/machine-versions';
import { createStepFunctionsService } from '../../../../local/services/stepfunctions/router';
import { administrator } from '../../../../local/wire/gateway';
import { type RunningGateway, startGateway } from '../../../support/embedded';

const WAITING = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 86_400, End: true } } };
let running: RunningGateway;
let sfn: SFNClient;

beforeAll(async () => {
  running = await startGateway((host) => [createStepFunctionsService(host)]);
  sfn = new SFNClient(running.client);
});

afterAll(async () => {
  sfn.destroy();
  await running.close();
});

function call(action: string, input: object): Promise<any> {
  return running.gateway.call(administrator(running.gateway.accountId), 'states', action, input);
}

/** A machine with so many versions, whose alias `live` gives the last one a tenth. */
async function machine(name: string, versions: number, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): Promise<string> {
  const roleArn = 'arn:aws:iam::000000000000:role/machine';
  const definition = (Comment: string) => JSON.stringify({ Comment, ...WAITING });
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({ name, roleArn, definition: definition('0'), type }),
  );
  for (let number = 1; number <= versions; number++) {
    await call('UpdateStateMachine', { stateMachineArn, definition: definition(String(number)), publish: true });
  }
  await call('CreateStateMachineAlias', {
    name: 'live',
    routingConfiguration: [
      { stateMachineVersionArn: `${stateMachineArn}:${versions}`, weight: 10 },
      { stateMachineVersionArn: `${stateMachineArn}:${versions - 1}`, weight: 90 },
    ],
  });
  return stateMachineArn!;
}

const start = (stateMachineArn: string) => sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{}' }));

describe('the versions of a machine', () => {
  it('are told with their share of the alias and the executions that run on each', async () => {
    const arn = await machine('told', 3);
    await start(`${arn}:1`);
    await start(`${arn}:3`);
    await start(`${arn}:3`);
    await start(arn);
    const { versions, runningOnNone, runningOnDeleted } = await readVersions(sfn, arn);
    expect(versions.map(({ number, weights, running: count }) => [number, weights, count])).toEqual([
      [3, { live: 10 }, 2],
      [2, { live: 90 }, 0],
      [1, {}, 1],
    ]);
    expect([runningOnNone, runningOnDeleted]).toEqual([1, 0]);
  });

  it('tell of executions whose version was deleted', async () => {
    const arn = await machine('deleted', 3);
    await start(`${arn}:1`);
    await call('DeleteStateMachineVersion', { stateMachineVersionArn: `${arn}:1` });
    expect(await readVersions(sfn, arn)).toMatchObject({ runningOnDeleted: 1, runningOnNone: 0 });
  });

  it('are known of Express machines, their executions are not', async () => {
    const { versions } = await readVersions(sfn, await machine('express', 2, 'EXPRESS'));
    expect(versions.map(({ number, running: count }) => [number, count])).toEqual([
      [2, undefined],
      [1, undefined],
    ]);
  });

  it('are needless behind the latest, with no alias and no execution', async () => {
    const arn = await machine('needless', 6);
    await start(`${arn}:2`);
    const found = await readVersions(sfn, arn);
    const numbers = (keep: number) => needless(found, keep).map(({ number }) => number);
    expect(numbers(1)).toEqual([4, 3, 1]);
    expect(numbers(3)).toEqual([3, 1]);
    expect(numbers(20)).toEqual([]);
  });
});
