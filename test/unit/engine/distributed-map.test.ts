import { type Command, childInputs, compile } from '../../../local/engine/engine';
import { SeededRandom } from '../../../local/kernel/random';
import { byHand } from '../../support/by-hand';

type MapRun = Extract<Command, { kind: 'startMapRun' }>;

const machine = (fields: object = {}, input: unknown = [1, 2]) => ({
  StartAt: 'In',
  States: {
    In: { Type: 'Pass', Result: input, Next: 'Each' },
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'P',
        States: { P: { Type: 'Pass', End: true } },
      },
      End: true,
      ...fields,
    },
  },
});

const planOf = (commands: Command[]) => commands.at(-1) as MapRun;

describe('a distributed Map', () => {
  it('is handed to the driver with its items, its limits and the definition of its children', async () => {
    const { send } = byHand(machine({ MaxConcurrency: 7, ToleratedFailureCount: 2, Label: 'L' }));
    const plan = planOf(await send({ kind: 'start' }));
    expect(plan).toMatchObject({
      kind: 'startMapRun',
      items: [1, 2],
      childType: 'EXPRESS',
      maxConcurrency: 7,
      toleratedFailureCount: 2,
      label: 'L',
    });
    expect(JSON.parse(plan.childDefinition)).toEqual({
      QueryLanguage: 'JSONPath',
      StartAt: 'P',
      States: { P: { Type: 'Pass', End: true } },
    });
  });

  it('goes on with the results of the Map Run', async () => {
    const { send, events } = byHand(machine());
    const { mapRunId } = planOf(await send({ kind: 'start' }));
    await send({ kind: 'mapRunStarted', mapRunId, mapRunArn: 'arn' });
    const done = await send({ kind: 'mapRunSucceeded', mapRunId, output: '[10,20]' });
    expect(done.at(-1)).toMatchObject({ kind: 'finish', status: 'SUCCEEDED', output: '[10,20]' });
    expect(events.map(({ type }) => type).slice(-6)).toEqual([
      'MapStateStarted',
      'MapRunStarted',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('fails with the error of the Map Run, which can be caught', async () => {
    const definition = machine({ Catch: [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], Next: 'In' }] });
    const { send, events } = byHand(definition);
    const { mapRunId } = planOf(await send({ kind: 'start' }));
    await send({ kind: 'mapRunFailed', mapRunId, cause: 'The specified tolerated failure threshold was exceeded' });
    const types = events.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['MapRunFailed', 'MapStateFailed', 'MapStateExited']));
    expect(types.at(-1)).toBe('MapStateStarted');
  });

  it('leaves the items to the reader when it has one', async () => {
    const ItemReader = {
      Resource: 'arn:aws:states:::s3:getObject',
      ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', MaxItemsPath: '$.most' },
      Parameters: { 'Bucket.$': '$.bucket', Key: 'k' },
    };
    const { send } = byHand(machine({ ItemReader }, { bucket: 'b', most: 5 }));
    const plan = planOf(await send({ kind: 'start' }));
    expect(plan.items).toBeUndefined();
    expect(plan.reader).toEqual({
      resource: 'arn:aws:states:::s3:getObject',
      parameters: { Bucket: 'b', Key: 'k' },
      config: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', MaxItems: 5 },
    });
  });

  it('makes the inputs of its children with ItemSelector', async () => {
    const definition = machine({
      ItemSelector: { 'v.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index', 'all.$': '$' },
    });
    const { send, execution } = byHand(definition);
    const { mapRunId } = planOf(await send({ kind: 'start' }));
    const request = { mapRunId, atMs: 0, items: [2], firstIndex: 1 };
    const environment = { random: new SeededRandom(1), taskToken: () => '' };
    expect(await childInputs(compile(JSON.stringify(definition)), execution, request, environment)).toEqual([
      { v: 2, i: 1, all: [1, 2] },
    ]);
  });

  it.each([
    [{ ToleratedFailureCount: -1 }, 'ToleratedFailureCount cannot be negative.'],
    [{ ToleratedFailurePercentage: 101 }, 'ToleratedFailurePercentage must be between 0 and 100.'],
  ])('fails with States.Runtime for %j', async (fields, reason) => {
    const { send } = byHand(machine(fields));
    const end = (await send({ kind: 'start' })).at(-1);
    expect(end).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: expect.stringContaining(reason) });
  });

  it('is stopped with the execution', async () => {
    const { send } = byHand(machine());
    const { mapRunId } = planOf(await send({ kind: 'start' }));
    expect(await send({ kind: 'stop' })).toEqual([
      { kind: 'stopMapRun', mapRunId },
      { kind: 'finish', status: 'ABORTED' },
    ]);
  });
});
