import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { StandardWorkflow } from '../../lib/constructs/standard-workflow';
import { ofDev, resources } from './synthesized';

const sagaFile = path.resolve(__dirname, '../../statemachines/orders/saga.asl.json');
const saga = JSON.parse(readFileSync(sagaFile, 'utf8'));

const machine = (prefix: string) => {
  const found = resources(ofDev(), 'AWS::StepFunctions::StateMachine').find(([id]) => id.startsWith(prefix));
  if (!found) throw new Error(`No machine begins with ${prefix}.`);
  return found[1].Properties;
};

describe('the machines of the orders stack', () => {
  it('run the very file, with a timeout', () => {
    expect(JSON.parse(machine('WorkflowsOrders').DefinitionString)).toEqual({ ...saga, TimeoutSeconds: 3600 });
  });

  it('undo from CancelOrder on, with the states that lead there and no others', () => {
    const undo = JSON.parse(machine('WorkflowsUndo').DefinitionString);
    expect(undo.StartAt).toBe('CancelOrder');
    expect(Object.keys(undo.States).sort()).toEqual([
      'CancelOrder', 'CancelShipment', 'CompensateOrder', 'FindEnd', 'IsOrderCompensated', 'OrderCompensated',
      'OrderNeedsReview', 'ParkOrder', 'RefundPayment', 'ReleaseStock', 'ReviewOrder',
    ]); // biome-ignore format: one list
    for (const [name, state] of Object.entries(undo.States)) expect(state).toEqual(saga.States[name]);
  });

  it('get a value for every placeholder and no other', () => {
    const undos = ['CancelShipment', 'OrdersTable', 'RefundPayment', 'ReleaseStock', 'ReviewQueue'];
    expect(Object.keys(machine('WorkflowsUndo').DefinitionSubstitutions).sort()).toEqual(undos);
    expect(Object.keys(machine('WorkflowsOrders').DefinitionSubstitutions).sort()).toEqual(
      [...undos, 'ChargePayment', 'ShipOrder', 'StockTable'].sort(),
    );
  });

  it('log every event, never its data, under the prefix that spares the resource policy', () => {
    for (const prefix of ['WorkflowsOrders', 'WorkflowsUndo']) {
      const { LoggingConfiguration, TracingConfiguration } = machine(prefix);
      expect(LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: false });
      expect(TracingConfiguration).toEqual({ Enabled: true });
      const [group] = LoggingConfiguration.Destinations[0].CloudWatchLogsLogGroup.LogGroupArn['Fn::GetAtt'];
      expect(ofDev().toJSON().Resources[group].Properties.LogGroupName).toMatch(/^\/aws\/vendedlogs\/states\//);
    }
  });
});

describe('StandardWorkflow', () => {
  const props = (change: object) => ({
    definitionFile: sagaFile,
    tasks: {},
    substitutions: {},
    allow: [],
    timeout: Duration.hours(1),
    logRetention: RetentionDays.ONE_DAY,
    logName: 'test',
    ...change,
  });

  it('rejects a definition whose placeholders nobody fills, and names them', () => {
    expect(() => new StandardWorkflow(new Stack(), 'Workflow', props({}))).toThrow(
      /saga.asl.json waits for \$\{CancelShipment\}, \$\{ChargePayment\}/,
    );
  });

  it('rejects a start at a state that does not exist', () => {
    expect(() => new StandardWorkflow(new Stack(), 'Workflow', props({ startAt: 'CancelAll' }))).toThrow(
      /cannot start at 'CancelAll': it has the states ReserveStock/,
    );
  });

  it('rejects a state that gives up before its function does', () => {
    const slow = { timeout: Duration.seconds(60), function: { functionArn: 'arn' } };
    const substitutions = Object.fromEntries(
      ['CancelShipment', 'OrdersTable', 'RefundPayment', 'ReleaseStock', 'ReviewQueue', 'ShipOrder', 'StockTable'].map(
        (name) => [name, name],
      ),
    );
    expect(
      () =>
        new StandardWorkflow(
          new Stack(),
          'Workflow',
          props({ substitutions, tasks: { ChargePayment: slow } }) as never,
        ),
    ).toThrow('State ChargePayment gives up after 30 s, its function after 60 s');
  });
});
