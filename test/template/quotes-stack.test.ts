import { grantsOf, idOf, quotesOfDev, quotesOfProduction, resources } from './synthesized';

const machine = () => resources(quotesOfDev(), 'AWS::StepFunctions::StateMachine')[0]![1].Properties;

/** What every function may besides. */
const common = (role: string) => {
  const log = role.replace(/Role$/, 'LogGroup');
  return [
    `logs:CreateLogStream ${log}`,
    `logs:PutLogEvents ${log}`,
    'xray:PutTelemetryRecords *',
    'xray:PutTraceSegments *',
  ];
};

describe('the quotes stack', () => {
  it('gives the outputs that clients read', () => {
    expect(Object.keys(quotesOfDev().toJSON().Outputs).sort()).toEqual([
      'QuotesApiUrl',
      'QuotesMachineArn',
      'Region',
      'Stage',
    ]);
  });

  it('runs an Express machine that ends before its function, which ends before the API gives up', () => {
    const functions = Object.fromEntries(
      resources(quotesOfDev(), 'AWS::Lambda::Function').map(([id, { Properties }]) => [
        id.replace(/Function.*/, ''),
        Properties.Timeout,
      ]),
    );
    const { TimeoutSeconds } = JSON.parse(machine().DefinitionString);
    expect(machine().StateMachineType).toBe('EXPRESS');
    expect([functions.WorkflowEstimateDelivery, TimeoutSeconds, functions.ApiRequestQuote]).toEqual([4, 20, 25]);
  });

  it('logs every event of a run and none of its data', () => {
    expect(machine()).toMatchObject({
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
  });

  it('authenticates callers by IAM', () => {
    const routes = resources(quotesOfDev(), 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);
    expect(routes).toMatchObject([{ RouteKey: 'POST /quotes', AuthorizationType: 'AWS_IAM' }]);
  });

  it('has no fault switch in production', () => {
    const variables = resources(quotesOfProduction(), 'AWS::Lambda::Function').map(
      ([, { Properties }]) => Properties.Environment.Variables,
    );
    expect(variables.some((each) => 'FAULTS_TABLE' in each)).toBe(false);
  });

  it('rings when runs fail', () => {
    expect(idOf(quotesOfDev(), 'AWS::CloudWatch::Alarm', 'AlarmsQuotesFailed')).toBeDefined();
  });
});

describe('what the quotes stack is granted', () => {
  it.each([
    ['ApiRequestQuoteRole', ['states:StartSyncExecution WorkflowQuoteStateMachine']],
    [
      'WorkflowEstimateDeliveryRole',
      ['dynamodb:BatchGetItem TablesFaultsTable of orders', 'dynamodb:UpdateItem TablesFaultsTable of orders'],
    ],
  ])('is for %s exactly what it does', (role, grants) => {
    expect(grantsOf(quotesOfDev(), role)).toEqual([...grants, ...common(role)].sort());
  });

  it('is for the machine one read of the stock table and its one function', () => {
    const grants = grantsOf(quotesOfDev(), 'WorkflowQuoteStateMachineRole').filter(
      (grant) => !/^(logs|xray):/.test(grant),
    );
    expect(grants).toEqual([
      'dynamodb:BatchGetItem TablesStockTable of orders',
      'lambda:InvokeFunction WorkflowEstimateDeliveryFunction:*',
    ]);
  });
});
