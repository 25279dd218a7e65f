import { createStepFunctionsService } from '../../../local/services/stepfunctions/router';
import { administrator } from '../../../local/wire/gateway';
import type { Service } from '../../../local/wire/service';
import { cloud } from '../cloudformation/cloud';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:demo';
const LIVE = `${MACHINE}:live`;
const MINUTE_MS = 60_000;
const CANARY = { Type: 'CANARY', Percentage: 10, Interval: 10, Alarms: ['failures'] };

/** Machine, version and alias as the stacks of this project have them. */
function template(result: string, preference: object, more: object = {}) {
  const definition = { StartAt: 'End', States: { End: { Type: 'Pass', Result: result, End: true } } };
  return {
    Resources: {
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          StateMachineName: 'demo',
          RoleArn: 'arn:aws:iam::000000000000:role/machine',
          DefinitionString: JSON.stringify(definition),
        },
      },
      Version: {
        Type: 'AWS::StepFunctions::StateMachineVersion',
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          StateMachineArn: { Ref: 'Machine' },
          StateMachineRevisionId: { 'Fn::GetAtt': ['Machine', 'StateMachineRevisionId'] },
        },
      },
      Live: {
        Type: 'AWS::StepFunctions::StateMachineAlias',
        Properties: {
          Name: 'live',
          DeploymentPreference: { StateMachineVersionArn: { Ref: 'Version' }, ...preference },
        },
      },
      ...more,
    },
  };
}

/** An account with an alarm that a test sets. */
function account() {
  const ringing = new Set<string>();
  const monitoring: Service = {
    name: 'monitoring',
    protocols: [],
    actions: {
      DescribeAlarms: {
        access: () => [],
        handle: ({ AlarmNames }: { AlarmNames: string[] }) => ({
          MetricAlarms: AlarmNames.filter((name) => ringing.has(name)).map((AlarmName) => ({ AlarmName })),
          CompositeAlarms: [],
        }),
      },
    },
  };
  const made = cloud((host) => [createStepFunctionsService(host), monitoring]);
  const states = (action: string, input: object = {}) =>
    made.gateway.call(administrator(made.gateway.accountId), 'states', action, input);
  return {
    ...made,
    ringing,
    states,
    /** `version: weight` of the alias, the newest first. */
    weights: async () => {
      const { routingConfiguration } = await states('DescribeStateMachineAlias', { stateMachineAliasArn: LIVE });
      return Object.fromEntries(
        routingConfiguration.map(({ stateMachineVersionArn, weight }: any) => [
          `v${stateMachineVersionArn.split(':').at(-1)}`,
          weight,
        ]),
      );
    },
    /** Runs an execution by the alias and gives its result. */
    run: async () => {
      const { executionArn } = await states('StartExecution', { stateMachineArn: LIVE });
      await made.clock.turn(0);
      const { output, stateMachineVersionArn } = await states('DescribeExecution', { executionArn });
      return { output: JSON.parse(output), version: Number(stateMachineVersionArn.split(':').at(-1)) };
    },
    versions: async (): Promise<string[]> =>
      (await states('ListStateMachineVersions', { stateMachineArn: MACHINE })).stateMachineVersions.map(
        ({ stateMachineVersionArn }: any) => `v${stateMachineVersionArn.split(':').at(-1)}`,
      ),
    /** Lets minutes pass, one after the other. */
    pass: async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute++) await made.clock.turn(MINUTE_MS);
    },
  };
}

/** Begins an update, and tells how it ended once it has. */
function begin(aws: ReturnType<typeof account>, next: object) {
  const outcome: { end?: string } = {};
  aws.update(next).then(
    () => Object.assign(outcome, { end: 'done' }),
    (error: Error) => Object.assign(outcome, { end: error.message }),
  );
  return outcome;
}

describe('an alias with a DeploymentPreference', () => {
  it('leads a new alias to its version at once, whatever the preference', async () => {
    const aws = account();
    await aws.create(template('one', CANARY));
    expect(await aws.weights()).toEqual({ v1: 100 });
  });

  it('gives a canary its share for the interval, while the stack is being updated, and then the rest', async () => {
    const aws = account();
    await aws.create(template('one', CANARY));
    const update = begin(aws, template('two', CANARY));
    await aws.pass(1);
    expect(await aws.weights()).toEqual({ v2: 10, v1: 90 });
    expect((await aws.describe()).StackStatus).toBe('UPDATE_IN_PROGRESS');
    await aws.pass(8);
    expect(await aws.weights()).toEqual({ v2: 10, v1: 90 });
    await aws.pass(2);
    expect(await aws.weights()).toEqual({ v2: 100 });
    expect(update.end).toBe('done');
    expect((await aws.describe()).StackStatus).toBe('UPDATE_COMPLETE');
    expect(await aws.versions()).toEqual(['v2', 'v1']);
  });

  it('sends about its share of executions to the canary', async () => {
    const aws = account();
    await aws.create(template('one', CANARY));
    begin(aws, template('two', { ...CANARY, Percentage: 30 }));
    await aws.pass(1);
    const results = [];
    for (let count = 0; count < 200; count++) results.push(await aws.run());
    const isMatching = results.every(({ output, version }) => output === (version === 2 ? 'two' : 'one'));
    const share = results.filter(({ version }) => version === 2).length / 200;
    expect(isMatching).toBe(true);
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.4);
  });

  it('goes up in equal steps with LINEAR', async () => {
    const aws = account();
    await aws.create(template('one', CANARY));
    begin(aws, template('two', { Type: 'LINEAR', Percentage: 33, Interval: 2 }));
    const seen: number[] = [];
    for (let minute = 0; minute < 8; minute++) {
      await aws.pass(1);
      seen.push((await aws.weights()).v2);
    }
    expect(seen).toEqual([33, 66, 66, 99, 99, 100, 100, 100]);
  });

  it('goes over at once with ALL_AT_ONCE', async () => {
    const aws = account();
    await aws.create(template('one', { Type: 'ALL_AT_ONCE' }));
    await aws.update(template('two', { Type: 'ALL_AT_ONCE' }));
    expect(await aws.weights()).toEqual({ v2: 100 });
  });

  it('goes back when an alarm rings, and the stack with it', async () => {
    const aws = account();
    await aws.create(template('one', CANARY));
    const update = begin(aws, template('two', CANARY));
    await aws.pass(4);
    aws.ringing.add('failures');
    await aws.pass(1);
    expect(await aws.weights()).toEqual({ v1: 100 });
    expect(update.end).toContain(
      "Aborting deployment. The following CloudWatch alarms are in an 'ALARM' state: [failures].",
    );
    expect((await aws.describe()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await aws.run()).toEqual({ output: 'one', version: 1 });
    const { definition } = await aws.states('DescribeStateMachine', { stateMachineArn: MACHINE });
    expect(JSON.parse(definition).States.End.Result).toBe('one');
  });

  it('shifts nothing when an alarm rings from the start', async () => {
    const aws = account();
    await aws.create(template('one', CANARY));
    aws.ringing.add('failures');
    await expect(aws.update(template('two', CANARY))).rejects.toThrow('Aborting deployment.');
    expect(await aws.weights()).toEqual({ v1: 100 });
  });

  it('can deploy again after it went back', async () => {
    const aws = account();
    await aws.create(template('one', CANARY));
    aws.ringing.add('failures');
    await aws.update(template('two', CANARY)).catch(() => undefined);
    aws.ringing.clear();
    const update = begin(aws, template('two', CANARY));
    await aws.pass(11);
    expect(update.end).toBe('done');
    expect(await aws.run()).toEqual({ output: 'two', version: 3 });
  });

  it('takes no time on the way back of an update that fails elsewhere', async () => {
    const aws = account();
    await aws.create(template('one', CANARY));
    const broken = { Thing: { Type: 'Shop::Thing', DependsOn: 'Live', Properties: { Fails: 'yes' } } };
    const update = begin(aws, template('two', CANARY, broken));
    await aws.pass(11);
    expect(update.end).toContain('Thing cannot be made');
    expect(await aws.weights()).toEqual({ v1: 100 });
    expect((await aws.describe()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  it('fails when somebody else changes the alias meanwhile', async () => {
    const aws = account();
    await aws.create(template('one', CANARY));
    const update = begin(aws, template('two', CANARY));
    await aws.pass(1);
    await aws.states('UpdateStateMachineAlias', {
      stateMachineAliasArn: LIVE,
      routingConfiguration: [{ stateMachineVersionArn: `${MACHINE}:2`, weight: 100 }],
    });
    await aws.pass(1);
    expect(update.end).toContain("Failed to continue deployment of type 'CANARY', drift detected.");
  });

  it('changes a description without a shift', async () => {
    const aws = account();
    const described = (Description: string) => {
      const made = template('one', CANARY);
      Object.assign(made.Resources.Live.Properties, { Description });
      return made;
    };
    await aws.create(described('first'));
    await aws.update(described('second'));
    expect(await aws.states('DescribeStateMachineAlias', { stateMachineAliasArn: LIVE })).toMatchObject({
      description: 'second',
    });
  });

  it.each<[string, object, string]>([
    ['without interval and percentage', { Type: 'CANARY' }, "type 'CANARY' require an interval and percentage"],
    ['without an interval', { Type: 'LINEAR', Percentage: 5 }, "type 'LINEAR' require an interval for"],
    ['without a percentage', { Type: 'CANARY', Interval: 5 }, "type 'CANARY' require a percentage for"],
    ['of 0 %', { Type: 'CANARY', Percentage: 0, Interval: 5 }, 'Percentage: 0 is not greater or equal to 1'],
    ['of 100 %', { Type: 'CANARY', Percentage: 100, Interval: 5 }, 'Percentage: 100 is not less or equal to 99'],
    ['over two days', { Type: 'CANARY', Percentage: 9, Interval: 2101 }, 'Interval: 2101 is not less or equal to 2100'],
    [
      'that takes too long in steps',
      { Type: 'LINEAR', Percentage: 1, Interval: 22 },
      'is estimated to take 2200 minutes',
    ],
    ['of an unknown type', { Type: 'SLOW' }, 'SLOW is not a valid enum value'],
  ])('rejects a preference %s', async (_, preference, message) => {
    await expect(account().create(template('one', preference))).rejects.toThrow(message);
  });

  it('rejects an alias with neither or both of preference and routes', async () => {
    const made = template('one', CANARY);
    Object.assign(made.Resources.Live.Properties, {
      RoutingConfiguration: [{ StateMachineVersionArn: { Ref: 'Version' }, Weight: 100 }],
    });
    await expect(account().create(made)).rejects.toThrow('either a RoutingConfiguration or a DeploymentPreference');
  });
});

describe('a version', () => {
  it('is refused for a revision that has one already', async () => {
    const twice = template('one', CANARY, {
      Second: {
        Type: 'AWS::StepFunctions::StateMachineVersion',
        DependsOn: 'Version',
        Properties: { StateMachineArn: { Ref: 'Machine' } },
      },
    });
    await expect(account().create(twice)).rejects.toThrow('StateMachineAlreadyExists');
  });
});

describe('executions that are started by an alias', () => {
  it('count for the machine, for the version and for the alias', async () => {
    const aws = account();
    const counted: string[] = [];
    aws.gateway.useMetricSink((_namespace, name, dimensions) => {
      const { StateMachineArn, ...qualifier } = dimensions;
      counted.push(`${StateMachineArn!.split(':').at(-1)} ${JSON.stringify(qualifier)} ${name}`);
    });
    await aws.create(template('one', CANARY));
    counted.length = 0;
    await aws.run();
    const of = (qualifier: object) => (name: string) => `demo ${JSON.stringify(qualifier)} ${name}`;
    const names = ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionTime'];
    expect(counted.sort()).toEqual(
      [{}, { Version: '1' }, { Alias: 'live' }].flatMap((qualifier) => names.map(of(qualifier))).sort(),
    );
  });

  it('have one name for all versions: the same order does not begin twice during a shift', async () => {
    const aws = account();
    await aws.create(template('one', CANARY));
    begin(aws, template('two', { ...CANARY, Percentage: 50 }));
    await aws.pass(1);
    const start = () => aws.states('StartExecution', { stateMachineArn: LIVE, name: 'order-1', input: '{"n":1}' });
    const { executionArn } = await start();
    expect(executionArn).toBe(`${MACHINE.replace(':stateMachine:', ':execution:')}:order-1`);
    await aws.clock.turn(0);
    for (let time = 0; time < 10; time++) {
      await expect(start()).rejects.toMatchObject({ code: 'ExecutionAlreadyExists' });
    }
  });
});
