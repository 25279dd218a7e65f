import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { StandardWorkflow } from '../../lib/constructs/standard-workflow';
import { TaskFunction } from '../../lib/constructs/task-function';
import { resources } from './synthesized';

const CANARY = { type: 'canary', percentage: 10, intervalMinutes: 10, failures: 2 } as const;
const folder = mkdtempSync(path.join(tmpdir(), 'stepwright-live-alias-'));

/** A file of that name in a folder of its own. */
function file(name: string, content: unknown): string {
  const written = path.join(mkdtempSync(path.join(folder, 'of-')), name);
  writeFileSync(written, typeof content === 'string' ? content : JSON.stringify(content));
  return written;
}

/** The template of a workflow that invokes one function, and whoever may start it. */
function synth({ result = 'one', environment = {}, ...change }: Record<string, any> = {}) {
  const stack = new Stack(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'test');
  const task = new TaskFunction(stack, 'Greet', {
    entry: ENTRY,
    description: 'Greets',
    timeout: Duration.seconds(5),
    logRetention: RetentionDays.ONE_DAY,
    environment,
  });
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'Greet',
    States: {
      Greet: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: '${Greet}', Payload: { result, release: '${Release}' } },
        TimeoutSeconds: 10,
        End: true,
      },
    },
  };
  const workflow = new StandardWorkflow(stack, 'Workflow', {
    definitionFile: file('greet.asl.json', definition),
    tasks: { Greet: task },
    substitutions: {},
    allow: [],
    timeout: Duration.hours(1),
    logRetention: RetentionDays.ONE_DAY,
    name: 'test-greet',
    ...change,
  });
  const starter = new Role(stack, 'Starter', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  workflow.grantStartExecution(starter);
  const template = Template.fromStack(stack);
  const only = (type: string): [string, any] => {
    const found = resources(template, type);
    expect(found).toHaveLength(1);
    return found[0]!;
  };
  return { template, only };
}

const ENTRY = file('greet.ts', 'export const handler = async () => undefined;\n');

describe('the alias of a workflow', () => {
  it('leads to a version that every change of the machine replaces, and that is kept', () => {
    const { only } = synth();
    const [machineId] = only('AWS::StepFunctions::StateMachine');
    const [versionId, version] = only('AWS::StepFunctions::StateMachineVersion');
    expect(version).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        StateMachineArn: { Ref: machineId },
        StateMachineRevisionId: { 'Fn::GetAtt': [machineId, 'StateMachineRevisionId'] },
      },
    });
    expect(only('AWS::StepFunctions::StateMachineAlias')[1].Properties).toEqual({
      Name: 'live',
      DeploymentPreference: { StateMachineVersionArn: { Ref: versionId }, Type: 'ALL_AT_ONCE' },
    });
  });

  it('belongs to a definition that names a version of the function, which is kept too', () => {
    const { only } = synth();
    const [versionId, version] = only('AWS::Lambda::Version');
    const [, machine] = only('AWS::StepFunctions::StateMachine');
    expect(machine.Properties.DefinitionSubstitutions.Greet).toEqual({ Ref: versionId });
    expect(version).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('is all that a starter may start', () => {
    const { only, template } = synth();
    const [machineId] = only('AWS::StepFunctions::StateMachine');
    const statements = resources(template, 'AWS::IAM::Policy').flatMap(
      ([, policy]) => policy.Properties.PolicyDocument.Statement,
    );
    expect(statements.filter(({ Action }: any) => Action === 'states:StartExecution')).toEqual([
      {
        Action: 'states:StartExecution',
        Condition: { StringEquals: { 'states:StateMachineQualifier': 'live' } },
        Effect: 'Allow',
        Resource: { Ref: machineId },
      },
    ]);
  });

  it('looks at no alarm when it goes over at once', () => {
    expect(resources(synth().template, 'AWS::CloudWatch::Alarm')).toEqual([]);
  });

  it('of a canary looks at failures of the new version alone', () => {
    const { only } = synth({ deployment: CANARY });
    const [machineId] = only('AWS::StepFunctions::StateMachine');
    const [versionId] = only('AWS::StepFunctions::StateMachineVersion');
    const [alarmId, alarm] = only('AWS::CloudWatch::Alarm');
    expect(alarm.Properties).toMatchObject({
      Namespace: 'AWS/States',
      MetricName: 'ExecutionsFailed',
      Dimensions: [
        { Name: 'StateMachineArn', Value: { Ref: machineId } },
        { Name: 'Version', Value: { 'Fn::Select': [7, { 'Fn::Split': [':', { Ref: versionId }] }] } },
      ],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 2,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
    expect(only('AWS::StepFunctions::StateMachineAlias')[1].Properties.DeploymentPreference).toEqual({
      StateMachineVersionArn: { Ref: versionId },
      Type: 'CANARY',
      Percentage: 10,
      Interval: 10,
      Alarms: [{ Ref: alarmId }],
    });
  });

  it('of a canary looks at timeouts where they can come within the trial', () => {
    const alarms = resources(
      synth({ deployment: CANARY, timeout: Duration.minutes(5) }).template,
      'AWS::CloudWatch::Alarm',
    );
    expect(alarms.map(([, { Properties }]) => Properties.MetricName).sort()).toEqual([
      'ExecutionsFailed',
      'ExecutionsTimedOut',
    ]);
  });

  it('of a canary looks at what a release counts as its failures', () => {
    const releaseFailures = (release: string) =>
      new Metric({ namespace: 'Test', metricName: 'Undone', dimensionsMap: { release } });
    const { only, template } = synth({ deployment: CANARY, releaseFailures });
    const { Release } = only('AWS::StepFunctions::StateMachine')[1].Properties.DefinitionSubstitutions;
    expect(Release).toMatch(/^[0-9a-f]{12}$/);
    const [, counted] = resources(template, 'AWS::CloudWatch::Alarm').find(
      ([, { Properties }]) => Properties.MetricName === 'Undone',
    )!;
    expect(counted.Properties.Dimensions).toEqual([{ Name: 'release', Value: Release }]);
  });

  it.each<[string, object, object]>([
    ['the definition', { result: 'one' }, { result: 'two' }],
    ['a function', { environment: { COLOUR: 'red' } }, { environment: { COLOUR: 'blue' } }],
    ['the timeout', {}, { timeout: Duration.hours(2) }],
  ])('has alarms of its own for each release, since %s makes another', (_, before, after) => {
    const alarmOf = (change: object) => synth({ deployment: CANARY, ...change }).only('AWS::CloudWatch::Alarm');
    const [[idBefore, first], [idAfter, second]] = [alarmOf(before), alarmOf(after)];
    expect(idAfter).not.toBe(idBefore);
    expect(second.Properties.AlarmName).not.toBe(first.Properties.AlarmName);
    expect(alarmOf(before)[0]).toBe(idBefore);
  });
});
