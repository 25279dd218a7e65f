import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ResourceContext, ResourceProvider } from '../../../local/wire/resource-provider';
import { resourceContext } from '../../support/resource-context';
import { StepFunctionsBench } from '../../support/step-functions';

const PREFIX = 'arn:aws:states:us-east-1:000000000000';

describe('CloudFormation resources of Step Functions', () => {
  let folder: string;
  let bench: StepFunctionsBench;
  let context: ResourceContext;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'definition-'));
    bench = new StepFunctionsBench();
    context = resourceContext({
      logicalId: 'Machine',
      generateName: () => 'stack-Machine-1',
      assetPath: (_bucket, key) => path.join(folder, key),
    });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function provider(type: string): ResourceProvider {
    const found = bench.gateway
      .serviceByName('states')!
      .resources!.find((resource) => resource.type === `AWS::StepFunctions::${type}`);
    return found!;
  }

  const definition = (output: string) =>
    JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', Result: output, End: true } } });
  const properties = (more: object) => ({ RoleArn: StepFunctionsBench.ROLE, ...more });
  const output = async (arn: string) => (await bench.run(arn)).output;

  it('takes the definition from an asset, with its substitutions applied', async () => {
    writeFileSync(path.join(folder, 'saga.json'), definition('${Table} ${Unknown}'));
    const { physicalId, attributes } = await provider('StateMachine').create(
      properties({
        DefinitionS3Location: { Bucket: 'assets', Key: 'saga.json' },
        DefinitionSubstitutions: { Table: 'orders' },
      }),
      context,
    );
    expect(physicalId).toBe(`${PREFIX}:stateMachine:stack-Machine-1`);
    expect(attributes).toEqual({ Arn: physicalId, Name: 'stack-Machine-1', StateMachineRevisionId: 'INITIAL' });
    expect(await output(physicalId)).toBe('"orders ${Unknown}"');
  });

  it('changes a machine in place, and replaces it when its name changes', async () => {
    const machine = provider('StateMachine');
    const before = properties({ DefinitionString: definition('old') });
    const { physicalId } = await machine.create(before, context);
    const after = properties({ DefinitionString: definition('new') });
    expect((await machine.update!(physicalId, after, before, context)).physicalId).toBe(physicalId);
    expect(await output(physicalId)).toBe('"new"');
    const renamed = { ...after, StateMachineName: 'other' };
    expect((await machine.update!(physicalId, renamed, after, context)).physicalId).toBe(
      `${PREFIX}:stateMachine:other`,
    );
    expect(await output(physicalId)).toBe('"new"');
  });

  it.each<[string, object, string]>([
    ['no definition', {}, 'exactly one of DefinitionString, Definition and DefinitionS3Location; it has 0'],
    ['two definitions', { DefinitionString: '{}', Definition: {} }, 'it has 2'],
    ['a broken definition', { Definition: { StartAt: 'A' } }, 'These fields are required: [States] at /'],
  ])('rejects %s', async (_, more, message) => {
    await expect(async () => provider('StateMachine').create(properties(more), context)).rejects.toThrow(message);
  });

  it('publishes versions and points an alias at them', async () => {
    const { physicalId: machineArn } = await provider('StateMachine').create(
      properties({ DefinitionString: definition('one') }),
      context,
    );
    const { physicalId: versionArn } = await provider('StateMachineVersion').create(
      { StateMachineArn: machineArn },
      context,
    );
    const alias = provider('StateMachineAlias');
    const route = { RoutingConfiguration: [{ StateMachineVersionArn: versionArn, Weight: 100 }] };
    const { physicalId: aliasArn } = await alias.create({ Name: 'live', ...route }, context);
    expect(aliasArn).toBe(`${machineArn}:live`);
    expect(await output(aliasArn)).toBe('"one"');
    await alias.delete(aliasArn, route, context);
    await provider('StateMachineVersion').delete(versionArn, {}, context);
    await expect(bench.start(versionArn)).rejects.toMatchObject({ code: 'StateMachineDoesNotExist' });
  });

  it('creates and deletes activities', async () => {
    const activity = provider('Activity');
    const { physicalId } = await activity.create({ Name: 'packing' }, context);
    expect(await bench.call('DescribeActivity', { activityArn: physicalId })).toMatchObject({ name: 'packing' });
    await activity.delete(physicalId, { Name: 'packing' }, context);
    await expect(bench.call('DescribeActivity', { activityArn: physicalId })).rejects.toMatchObject({
      code: 'ActivityDoesNotExist',
    });
  });
});
