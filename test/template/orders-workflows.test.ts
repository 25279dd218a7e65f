import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { StandardWorkflow } from '../../lib/constructs/standard-workflow';
import { idOf, keyPolicyOf, ofDev, ofProduction, resources } from './synthesized';

const sagaFile = path.resolve(__dirname, '../../statemachines/orders/saga.asl.json');
const saga = JSON.parse(readFileSync(sagaFile, 'utf8'));

const machine = (prefix: string) => {
  const found = resources(ofDev(), 'AWS::StepFunctions::StateMachine').find(([id]) => id.startsWith(prefix));
  if (!found) throw new Error(`No machine begins with ${prefix}.`);
  return found[1].Properties;
};

describe('the machines of the orders stack', () => {
  it('run the very file, with a timeout', () => {
    expect(JSON.parse(machine('WorkflowsOrders').DefinitionString)).toEqual({ ...saga, TimeoutSeconds: 97_200 });
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
    const asking = ['ApprovalTerms', 'ApprovalTimeoutSeconds', 'ApprovalsQueue'];
    const undos = ['CancelShipment', 'OrdersTable', 'RefundPayment', 'Release', 'ReleaseStock', 'ReviewQueue'];
    expect(Object.keys(machine('WorkflowsUndo').DefinitionSubstitutions).sort()).toEqual(undos);
    expect(Object.keys(machine('WorkflowsOrders').DefinitionSubstitutions).sort()).toEqual(
      [...undos, ...asking, 'ChargePayment', 'ShipOrder', 'StockTable'].sort(),
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

describe('the key of the order machines', () => {
  const role = (name: string) => `Workflows${name}StateMachineRole`;
  const of = (name: string) => `arn:Partition:states:Region:AccountId:stateMachine:orders-${name}`;
  const logs = { StringEquals: { 'kms:EncryptionContext:SourceArn': 'arn:Partition:logs:Region:AccountId:*' } };
  const viaStates = { 'kms:ViaService': 'states.Region.amazonaws.com' };
  const use = ['kms:Decrypt', 'kms:GenerateDataKey'];
  const uses = (machine: string, name: string) => ({
    [`Runorders${name}`]: {
      actions: use,
      by: [role(machine)],
      when: { StringEquals: { 'kms:EncryptionContext:aws:states:stateMachineArn': of(name) } },
    },
    [`Logorders${name}`]: { actions: ['kms:GenerateDataKey'], by: [role(machine)], when: logs },
  });
  const machines = {
    ...uses('Orders', 'saga'),
    ...uses('Undo', 'undo'),
    DeliverLogs: { actions: ['kms:Decrypt'], by: ['delivery.logs.amazonaws.com'], when: logs },
  };
  const root = 'arn:Partition:iam::AccountId:root';

  it('encrypts both machines, which have the names that its policy knows', () => {
    const key = idOf(ofDev(), 'AWS::KMS::Key', 'WorkflowsWorkflowKey');
    for (const [prefix, name] of [
      ['WorkflowsOrders', 'orders-saga'],
      ['WorkflowsUndo', 'orders-undo'],
    ] as const) {
      expect(machine(prefix)).toMatchObject({
        StateMachineName: name,
        EncryptionConfiguration: {
          Type: 'CUSTOMER_MANAGED_KMS_KEY',
          KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] },
          KmsDataKeyReusePeriodSeconds: 900,
        },
      });
    }
  });

  it('lets IAM decide in dev who reads histories', () => {
    const { Administer: _, ...statements } = keyPolicyOf(ofDev(), 'WorkflowsWorkflowKey');
    expect(statements).toEqual({
      WriteDefinitions: { actions: ['kms:GenerateDataKey'], by: [root], when: { StringEquals: viaStates } },
      ReadHistories: { actions: ['kms:Decrypt'], by: [root], when: { StringEquals: viaStates } },
      ...machines,
    });
  });

  it('lets nobody read them in production but the machines and CloudFormation', () => {
    const { Administer: _, ...statements } = keyPolicyOf(ofProduction(), 'WorkflowsWorkflowKey');
    const deployer = 'arn:Partition:iam::AccountId:role/cdk-*-cfn-exec-role-*';
    expect(statements).toEqual({
      WriteDefinitions: { actions: ['kms:GenerateDataKey'], by: [root], when: { StringEquals: viaStates } },
      ReadHistories: {
        actions: ['kms:Decrypt'],
        by: [root],
        when: { StringEquals: viaStates, ArnLike: { 'aws:PrincipalArn': deployer } },
      },
      ...machines,
    });
    const [, key] = resources(ofProduction(), 'AWS::KMS::Key').find(([id]) => id.startsWith('WorkflowsWorkflowKey'))!;
    expect(key).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { EnableKeyRotation: true, PendingWindowInDays: 30 },
    });
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
    name: 'test',
    ...change,
  });

  it('rejects a definition whose placeholders nobody fills, and names them', () => {
    expect(() => new StandardWorkflow(new Stack(), 'Workflow', props({}))).toThrow(
      /saga.asl.json waits for \$\{ApprovalTerms\}, \$\{ApprovalTimeoutSeconds\}/,
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
      [
        'ApprovalTerms',
        'ApprovalTimeoutSeconds',
        'ApprovalsQueue',
        'CancelShipment',
        'OrdersTable',
        'RefundPayment',
        'ReleaseStock',
        'ReviewQueue',
        'ShipOrder',
        'StockTable',
      ].map((name) => [name, name]),
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

describe('the aliases of the order machines', () => {
  const preferences = (template: ReturnType<typeof ofDev>) =>
    resources(template, 'AWS::StepFunctions::StateMachineAlias').map(
      ([id, { Properties }]) => `${id.replace(/LiveAlias.*/, '')} ${Properties.DeploymentPreference.Type}`,
    );

  it('go over at once in dev', () => {
    expect(preferences(ofDev()).filter((text) => !text.endsWith('ALL_AT_ONCE'))).toEqual([]);
  });

  it('try the saga by a canary in production, and let the undo machine follow it', () => {
    expect(preferences(ofProduction())).toEqual(
      expect.arrayContaining(['WorkflowsOrders CANARY', 'WorkflowsUndo ALL_AT_ONCE']),
    );
    const [, undo] = resources(ofProduction(), 'AWS::StepFunctions::StateMachineAlias').find(([id]) =>
      id.startsWith('WorkflowsUndo'),
    )!;
    expect(undo.DependsOn.some((id: string) => id.startsWith('WorkflowsOrdersLiveAlias'))).toBe(true);
  });

  it('are what every starter gets', () => {
    const variables = resources(ofDev(), 'AWS::Lambda::Function').flatMap(([, { Properties }]) =>
      Object.entries<any>(Properties.Environment?.Variables ?? {}),
    );
    const aliases = new Set(resources(ofDev(), 'AWS::StepFunctions::StateMachineAlias').map(([id]) => id));
    const started = variables.filter(([name]) => name.endsWith('_ALIAS_ARN'));
    expect(started.length).toBeGreaterThanOrEqual(2);
    expect(started.filter(([, value]) => !aliases.has(value.Ref))).toEqual([]);
  });
});
