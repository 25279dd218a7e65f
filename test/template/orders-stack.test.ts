import { Match } from 'aws-cdk-lib/assertions';
import { dev } from '../../lib/stages/dev';
import { ordersTemplate } from './stage-templates';
import { bellsOf, idOf, ofDev, ofProduction, resources } from './synthesized';

const outputsOf = (template: ReturnType<typeof ofDev>) =>
  Object.keys(template.toJSON().Outputs)
    .filter((name) => !name.startsWith('ExportsOutput'))
    .sort();

describe('the orders stack', () => {
  it('gives the outputs that clients read', () => {
    const everywhere = [
      'IdempotencyTableName', 'OperatorLogGroupName', 'OrderArchiveArn', 'OrderBusArn', 'OrderBusName', 'OrderDeadLetterQueueUrl', 'OrderEventsDeadLetterQueueUrl', 'OrderQueueUrl',
      'OrdersAliasArn', 'OrdersApiUrl', 'OrdersMachineArn', 'OrdersTableName', 'ReconciliationDeadLetterQueueUrl', 'ReconciliationMachineArn', 'RecoveryDeadLetterQueueUrl', 'RecoveryQueueUrl', 'Region',
      'ReviewQueueUrl', 'ShipmentsTableName', 'Stage', 'StockTableName', 'UndoAliasArn', 'UndoMachineArn',
    ]; // biome-ignore format: one list
    expect(outputsOf(ofProduction())).toEqual(everywhere);
    const ofDevAlone = ['FaultsTableName', 'OrderEventsProbeQueueUrl', 'PaymentsTableName'];
    expect(outputsOf(ofDev())).toEqual([...everywhere, ...ofDevAlone].sort());
  });

  it('runs every function on Node 24 and arm64 with JSON logs and active tracing', () => {
    const functions = resources(ofDev(), 'AWS::Lambda::Function');
    expect(functions).toHaveLength(12);
    for (const [, { Properties }] of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON' },
      });
      expect(Properties.Environment.Variables).toMatchObject({ STAGE: 'dev', POWERTOOLS_SERVICE_NAME: 'orders' });
    }
  });

  it('gives each function a role of its own', () => {
    const roles = resources(ofDev(), 'AWS::Lambda::Function').map(
      ([, { Properties }]) => Properties.Role['Fn::GetAtt'][0],
    );
    expect(new Set(roles).size).toBe(12);
  });

  it('takes orders from any producer, and undeliverable ones into the dead-letter queue', () => {
    const deadLetters = idOf(ofDev(), 'AWS::SQS::Queue', 'IntakeOrderQueueDeadLetterQueue');
    ofDev().hasResourceProperties('AWS::Events::Rule', {
      EventBusName: Match.anyValue(),
      EventPattern: { 'detail-type': ['OrderPlaced'] },
      Targets: [Match.objectLike({ DeadLetterConfig: { Arn: { 'Fn::GetAtt': [deadLetters, 'Arn'] } } })],
    });
  });

  it('hears of executions of both machines that died, on the default bus', () => {
    const machines = ['Orders', 'Undo'].map((name) => ({
      Ref: idOf(ofDev(), 'AWS::StepFunctions::StateMachine', `Workflows${name}`),
    }));
    ofDev().hasResourceProperties('AWS::Events::Rule', {
      EventBusName: Match.absent(),
      EventPattern: {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: machines, status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
    });
  });

  it('feeds start-orders in batches of 10 that may fail in part, 5 at once', () => {
    ofDev().hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: idOf(ofDev(), 'AWS::Lambda::Function', 'IntakeStartOrders') },
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 5 },
    });
  });

  it('publishes only ends of orders, and parks what it cannot publish', () => {
    const [[, { Properties }]] = resources(ofDev(), 'AWS::Lambda::EventSourceMapping').filter(
      ([, mapping]) => mapping.Properties.StartingPosition,
    ) as [[string, any]];
    expect(JSON.parse(Properties.FilterCriteria.Filters[0].Pattern)).toEqual({
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: {
        NewImage: { status: { S: ['OrderConfirmed', 'OrderRejected', 'OrderCompensated', 'OrderNeedsReview'] } },
      },
    });
    expect(Properties).toMatchObject({
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: {
        OnFailure: {
          Destination: { 'Fn::GetAtt': [idOf(ofDev(), 'AWS::SQS::Queue', 'EventsDeadLetterQueue'), 'Arn'] },
        },
      },
    });
  });

  it('authenticates every route, with SigV4 unless the stage names an issuer', () => {
    for (const [, route] of resources(ofDev(), 'AWS::ApiGatewayV2::Route')) {
      expect(route.Properties.AuthorizationType).toBe('AWS_IAM');
    }
    const jwt = { issuer: 'https://login.example.com/', audience: ['orders'] };
    const template = ordersTemplate({ ...dev, api: { ...dev.api, jwt } });
    const routes = resources(template, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);
    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual(['GET /orders/{orderId}', 'POST /orders']);
    for (const route of routes) expect(route.AuthorizationType).toBe('JWT');
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      JwtConfiguration: { Issuer: jwt.issuer, Audience: jwt.audience },
    });
  });

  it('tells clients the endpoint that the API itself names', () => {
    const api = idOf(ofDev(), 'AWS::ApiGatewayV2::Api', 'Api');
    expect(ofDev().toJSON().Outputs.OrdersApiUrl.Value).toEqual({ 'Fn::GetAtt': [api, 'ApiEndpoint'] });
  });

  it('encrypts every queue, takes TLS only, and keeps dead letters for 14 days', () => {
    const queues = resources(ofDev(), 'AWS::SQS::Queue');
    const guarded = resources(ofDev(), 'AWS::SQS::QueuePolicy')
      .filter(([, { Properties }]) => JSON.stringify(Properties).includes('"aws:SecureTransport":"false"'))
      .flatMap(([, { Properties }]) => Properties.Queues.map((queue: any) => queue.Ref));
    for (const [id, { Properties }] of queues) {
      expect(Properties.SqsManagedSseEnabled).toBe(true);
      expect(guarded).toContain(id);
      if (/DeadLetterQueue|ReviewQueue/.test(id)) expect(Properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
    }
  });

  it('lets a message stay invisible for six times what its function may take', () => {
    const timeouts = resources(ofDev(), 'AWS::Lambda::EventSourceMapping').flatMap(([, { Properties }]) => {
      const { Resources } = ofDev().toJSON();
      const source = Resources[Properties.EventSourceArn['Fn::GetAtt'][0]];
      const consumer = Resources[Properties.FunctionName.Ref];
      if (source.Type !== 'AWS::SQS::Queue') return [];
      return [[source.Properties.VisibilityTimeout, consumer.Properties.Timeout]];
    });
    expect(timeouts).toEqual([
      [60, 10],
      [90, 15],
    ]);
  });

  it('destroys the tables of dev with the stack, and keeps and protects those of production', () => {
    const fate = (template: ReturnType<typeof ofDev>) =>
      resources(template, 'AWS::DynamoDB::GlobalTable').map(([, { DeletionPolicy, Properties }]) => [
        DeletionPolicy,
        Properties.Replicas[0].DeletionProtectionEnabled ?? false,
        Properties.Replicas[0].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled,
      ]);
    expect(fate(ofDev())).toEqual(Array(6).fill(['Delete', false, true]));
    expect(fate(ofProduction())).toEqual(Array(4).fill(['Retain', true, true]));
  });

  it('names nothing that a later deployment could stumble over', () => {
    for (const [, { Properties }] of resources(ofProduction(), 'AWS::DynamoDB::GlobalTable')) {
      expect(Properties.TableName).toBeUndefined();
    }
    for (const [, group] of resources(ofProduction(), 'AWS::Logs::LogGroup')) {
      if (group.Properties.LogGroupName) expect(group.DeletionPolicy).toBe('Delete');
    }
  });

  it('tags every table with project and stage', () => {
    for (const [, { Properties }] of resources(ofDev(), 'AWS::DynamoDB::GlobalTable')) {
      expect(Properties.Replicas[0].Tags).toEqual([
        { Key: 'project', Value: 'stepwright' },
        { Key: 'stage', Value: 'dev' },
      ]);
    }
  });

  it('rings when orders fail, are slow or stuck, something is parked, machines die or storm, or the books do not agree', () => {
    // biome-ignore format: one list
    expect(bellsOf(ofDev())).toEqual([
      'MoneyMismatched', 'OldestOrder', 'OldestParked', 'OrderDeadLetters', 'OrderEventDeadLetters', 'OrdersBurning', 'OrdersDied', 'OrdersFailing', 'OrdersOrphaned', 'OrdersSlow', 'OrdersStuck', 'ReconciliationDeadLetters', 'ReconciliationStopped', 'RecoveryDeadLetters', 'Reviews', 'SchemaDrift', 'SecretInLogs', 'TaskStorm', 'Throttled', 'UndoDied', 'ZombieStopped',
    ]);
  });
});
