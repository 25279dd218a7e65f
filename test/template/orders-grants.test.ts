import { common, consumes, expectNoOtherStars, on } from './grants';
import { grantsOf, ofDev, ofProduction, resources } from './synthesized';

const undoes = (table: string) => on(table, 'dynamodb:PutItem', 'dynamodb:UpdateItem');
const ledger = (table: string) => [...on(table, 'dynamodb:GetItem'), ...undoes(table)];
const records = on('TablesIdempotencyTable', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem');
const asks = [
  ...on('IntakeApprovalsQueue of approvals', 'sqs:SendMessage'),
  ...on('KeysApprovalsKey of approvals', 'kms:Decrypt', 'kms:GenerateDataKey'),
];
const fence = on('TablesIdempotencyTable', 'dynamodb:PutItem');
const remembers = on('TablesIdempotencyTable', 'dynamodb:GetItem', 'dynamodb:PutItem');
const executionsOf = (name: string) => `arn:Partition:states:Region:AccountId:execution:orders-${name}:*`;
const faults = on('TablesFaultsTable', 'dynamodb:BatchGetItem', 'dynamodb:UpdateItem');

const functions: [string, string[]][] = [
  ['StepsChargePaymentRole', [...ledger('TablesPaymentsTable'), ...records, ...faults, ...asks]],
  ['StepsRefundPaymentRole', [...undoes('TablesPaymentsTable'), ...fence, ...faults]],
  ['StepsShipOrderRole', [...ledger('TablesShipmentsTable'), ...records, ...faults]],
  ['StepsCancelShipmentRole', [...undoes('TablesShipmentsTable'), ...fence, ...faults]],
  [
    'StepsReleaseStockRole',
    [
      ...on('TablesOrdersTable', 'dynamodb:GetItem', 'dynamodb:UpdateItem'),
      ...on('TablesStockTable', 'dynamodb:UpdateItem'),
      ...faults,
    ],
  ],
  [
    'IntakeStartOrdersRole',
    [
      ...on('TablesStockTable', 'dynamodb:BatchGetItem'),
      ...on('WorkflowsOrdersStateMachine', 'states:StartExecution'),
      ...on('IntakeOrderQueueDeadLetterQueue', 'sqs:SendMessage'),
      ...consumes('IntakeOrderQueue'),
    ],
  ],
  [
    'RecoveryRecoverOrdersRole',
    [
      ...on('TablesOrdersTable', 'dynamodb:GetItem', 'dynamodb:UpdateItem'),
      ...on('WorkflowsUndoStateMachine', 'states:StartExecution'),
      ...on('ReviewQueue', 'sqs:SendMessage'),
      ...consumes('RecoveryRecoveryQueue'),
    ],
  ],
  [
    'EventsPublishOrderEventsRole',
    [
      ...on(
        'TablesOrdersTable.StreamArn',
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
      ),
      ...on('TablesOrdersTable/stream/*', 'dynamodb:ListStreams'),
      ...on('OrderBus', 'events:PutEvents'),
      ...on('EventsDeadLetterQueue', 'sqs:SendMessage'),
    ],
  ],
  [
    'ApiPlaceOrderRole',
    [
      ...on('TablesStockTable', 'dynamodb:BatchGetItem'),
      ...on('TablesOrdersTable', 'dynamodb:PutItem'),
      ...on('OrderBus', 'events:PutEvents'),
      ...records,
    ],
  ],
  ['ApiGetOrderRole', on('TablesOrdersTable', 'dynamodb:GetItem')],
  [
    'ReconciliationReconcileOrdersRole',
    [
      ...on('TablesOrdersTable/index/waiting', 'dynamodb:Scan'),
      ...on('TablesOrdersTable', 'dynamodb:GetItem', 'dynamodb:UpdateItem'),
      ...remembers,
      ...on('WorkflowsOrdersStateMachine', 'states:ListExecutions'),
      ...on('WorkflowsUndoStateMachine', 'states:ListExecutions', 'states:StartExecution'),
      ...['saga', 'undo'].map((name) => `states:DescribeExecution ${executionsOf(name)}`),
      ...on('OrderBus', 'events:PutEvents'),
      ...on('ReviewQueue', 'sqs:SendMessage'),
    ],
  ],
  [
    'ReconciliationReconcilePaymentsRole',
    [
      ...on('TablesPaymentsTable', 'dynamodb:Scan', 'dynamodb:GetItem', 'dynamodb:UpdateItem'),
      ...on('TablesOrdersTable', 'dynamodb:GetItem'),
      ...remembers,
      ...on('ReviewQueue', 'sqs:SendMessage'),
    ],
  ],
];

const undoSteps = ['CancelShipment', 'RefundPayment', 'ReleaseStock'];
const invokes = (steps: string[]) => steps.flatMap((step) => on(`Steps${step}Function:*`, 'lambda:InvokeFunction'));
/** Log delivery and tracing know no resources: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
const withoutDelivery = (grants: string[]) => grants.filter((grant) => !/^(logs|xray):\w+ \*$/.test(grant));

describe('the roles of the orders stack', () => {
  it.each(functions)('let %s do exactly what its function does', (role, grants) => {
    expect(grantsOf(ofDev(), role)).toEqual([...grants, ...common(role)].sort());
  });

  it('let the saga change orders and stock, invoke its five steps, ask and park', () => {
    expect(withoutDelivery(grantsOf(ofDev(), 'WorkflowsOrdersStateMachineRole'))).toEqual(
      [
        ...on('TablesOrdersTable', 'dynamodb:GetItem', 'dynamodb:UpdateItem'),
        ...on('TablesStockTable', 'dynamodb:UpdateItem'),
        ...on('ReviewQueue', 'sqs:SendMessage'),
        ...asks,
        ...invokes(['ChargePayment', 'ShipOrder', ...undoSteps]),
      ].sort(),
    );
  });

  it('let the undo machine invoke undos only, and not touch the stock itself', () => {
    expect(withoutDelivery(grantsOf(ofDev(), 'WorkflowsUndoStateMachineRole'))).toEqual(
      [
        ...on('TablesOrdersTable', 'dynamodb:UpdateItem'),
        ...on('ReviewQueue', 'sqs:SendMessage'),
        ...invokes(undoSteps),
      ].sort(),
    );
  });

  it('let the reconciliation invoke its two functions and park, and its schedule start it and nothing else', () => {
    expect(withoutDelivery(grantsOf(ofDev(), 'ReconciliationWorkflowStateMachineRole'))).toEqual(
      [
        ...on('ReviewQueue', 'sqs:SendMessage'),
        ...['Orders', 'Payments'].map((books) => `lambda:InvokeFunction ReconciliationReconcile${books}Function:*`),
      ].sort(),
    );
    expect(grantsOf(ofDev(), 'ReconciliationScheduleRole')).toEqual([
      'sqs:SendMessage ReconciliationDeadLetterQueue',
      'states:StartExecution ReconciliationWorkflowStateMachine',
    ]);
  });

  it('know no fault switches and no built-in ledger of payments in production', () => {
    const grants = resources(ofProduction(), 'AWS::IAM::Role').flatMap(([id]) => grantsOf(ofProduction(), id));
    expect(grants.filter((grant) => /TablesFaults|TablesPayments/.test(grant))).toEqual([]);
    expect(grants).toContain(
      'secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-west-1:111122223333:secret:stripe-AbCdEf',
    );
  });

  it.each([
    ['dev', ofDev],
    ['production', ofProduction],
  ])('grant nothing on * in %s but tracing and log delivery', (_stage, template) => {
    expectNoOtherStars(template());
  });
});
