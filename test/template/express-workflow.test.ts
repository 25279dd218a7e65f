import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ExpressWorkflow } from '../../lib/constructs/express-workflow';
import { grantsOf, resources } from './synthesized';

const definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'Answer',
  States: { Answer: { Type: 'Pass', Output: '${Table}', End: true } },
};
const definitionFile = path.join(mkdtempSync(path.join(tmpdir(), 'stepwright-express-')), 'answer.asl.json');
writeFileSync(definitionFile, JSON.stringify(definition));

const workflow = (stack: Stack, change: object = {}) =>
  new ExpressWorkflow(stack, 'Workflow', {
    definitionFile,
    tasks: {},
    substitutions: { Table: 'orders' },
    allow: [],
    timeout: Duration.minutes(5),
    logRetention: RetentionDays.ONE_DAY,
    name: 'test-answer',
    ...change,
  });

const machineOf = (stack: Stack) =>
  resources(Template.fromStack(stack), 'AWS::StepFunctions::StateMachine')[0]![1].Properties;

describe('ExpressWorkflow', () => {
  it('is an Express machine of the file, with its timeout, traced, with every event logged and no data', () => {
    const stack = new Stack();
    workflow(stack);
    const machine = machineOf(stack);
    expect(machine).toMatchObject({
      StateMachineName: 'test-answer',
      StateMachineType: 'EXPRESS',
      DefinitionSubstitutions: { Table: 'orders' },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
    expect(JSON.parse(machine.DefinitionString)).toEqual({ ...definition, TimeoutSeconds: 300 });
    const [, group] = resources(Template.fromStack(stack), 'AWS::Logs::LogGroup')[0]!;
    expect(group.Properties).toEqual({ LogGroupName: '/aws/vendedlogs/states/test-answer', RetentionInDays: 1 });
  });

  it('logs execution data where it is asked to', () => {
    const stack = new Stack();
    workflow(stack, { logsExecutionData: true });
    expect(machineOf(stack).LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: true });
  });

  it('rejects a timeout of more than five minutes', () => {
    expect(() => workflow(new Stack(), { timeout: Duration.seconds(301) })).toThrow(
      'test-answer would time out after 301 s, and Express executions end after 300 s',
    );
  });

  it('grants starting, or running and waiting, and nothing else', () => {
    const stack = new Stack();
    const made = workflow(stack);
    const role = (id: string) => new Role(stack, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    made.grantStartExecution(role('Starter'));
    made.grantStartSyncExecution(role('Asker'));
    const template = Template.fromStack(stack);
    expect(grantsOf(template, 'Starter')).toEqual(['states:StartExecution WorkflowStateMachine']);
    expect(grantsOf(template, 'Asker')).toEqual(['states:StartSyncExecution WorkflowStateMachine']);
  });

  it('names the metrics that it is billed by', () => {
    const made = workflow(new Stack());
    expect([made.metricBilledDuration(), made.metricBilledMemory()]).toMatchObject([
      { namespace: 'AWS/States', metricName: 'ExpressExecutionBilledDuration' },
      { namespace: 'AWS/States', metricName: 'ExpressExecutionBilledMemory' },
    ]);
  });
});
