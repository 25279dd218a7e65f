import { Match } from 'aws-cdk-lib/assertions';
import { dev } from '../../lib/stages/dev';
import { production } from '../../lib/stages/production';
import { ingestionTemplate } from './stage-templates';
import { stripeSecretArn } from './stripe-secret';
import { bellsOf, idOf, ingestionOfDev, ingestionOfProduction, resources } from './synthesized';

const the = (type: string, prefix: string, template = ingestionOfDev()) =>
  resources(template, type).find(([id]) => id === idOf(template, type, prefix))![1];

describe('the ingestion stack', () => {
  it.each([
    ['dev', ingestionOfDev],
    ['production', ingestionOfProduction],
  ])('gives the outputs of %s that clients read', (_stage, template) => {
    expect(Object.keys(template().toJSON().Outputs).sort()).toEqual([
      'DocumentsBucketName', 'DocumentsTableName', 'EmbeddingsTableName', 'IngestDeadLetterQueueUrl', 'IngestMachineArn',
      'IngestQueueUrl', 'IngestReviewQueueUrl', 'IngestSweepDeadLetterQueueUrl', 'LoadAliasArn', 'LoadMachineArn', 'OperatorLogGroupName', 'Region', 'SearchApiUrl',
      'Stage', 'VectorBucketName', 'VectorIndexName', 'WorkBucketName',
    ]); // biome-ignore format: one list
  });

  it.each(['StoresDocuments', 'StoresWork'])(
    'keeps the bucket %s encrypted, closed to the public, TLS only',
    (bucket) => {
      expect(the('AWS::S3::Bucket', bucket).Properties).toMatchObject({
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
      expect(the('AWS::S3::BucketPolicy', bucket).Properties.PolicyDocument.Statement).toEqual([
        {
          Action: 's3:*',
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          Resource: expect.any(Array),
        },
      ]);
    },
  );

  it('keeps versions of documents for a while, and tells EventBridge of each, without a custom resource', () => {
    expect(the('AWS::S3::Bucket', 'StoresDocuments').Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      LifecycleConfiguration: {
        Rules: [
          { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
          { NoncurrentVersionExpiration: { NoncurrentDays: 7 }, ExpiredObjectDeleteMarker: true, Status: 'Enabled' },
        ],
      },
    });
    expect(resources(ingestionOfDev(), 'Custom::S3BucketNotifications')).toEqual([]);
  });

  it('deletes what stages hand each other after a week', () => {
    const { LifecycleConfiguration, VersioningConfiguration } = the('AWS::S3::Bucket', 'StoresWork').Properties;
    expect(LifecycleConfiguration.Rules[1]).toEqual({ Id: 'expiry', ExpirationInDays: 7, Status: 'Enabled' });
    expect(VersioningConfiguration).toBeUndefined();
  });

  it.each([
    ['dev', ingestionOfDev, 256],
    ['production', ingestionOfProduction, 512],
  ])('compares the vectors of %s by cosine, with filters by tenant and version', (_stage, template, Dimension) => {
    const { Properties } = the('AWS::S3Vectors::Index', 'StoresVectors', template());
    expect(Properties).toMatchObject({ DataType: 'float32', DistanceMetric: 'cosine', Dimension });
    const unfiltered = Properties.MetadataConfiguration.NonFilterableMetadataKeys;
    expect(unfiltered).toEqual(['text', 'heading', 'chunkId', 'position', 'textHash']);
    expect(Properties.IndexName).toBeUndefined();
  });

  it('keeps rows by document, with two orders of keys and expiry', () => {
    expect(the('AWS::DynamoDB::GlobalTable', 'StoresRows').Properties).toMatchObject({
      KeySchema: [{ AttributeName: 'documentKey', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expiration', Enabled: true },
      GlobalSecondaryIndexes: [
        { IndexName: 'by-tenant', KeySchema: [{ AttributeName: 'tenant' }, { AttributeName: 'statusPath' }] },
        { IndexName: 'sweep', KeySchema: [{ AttributeName: 'sweep' }, { AttributeName: 'sweepAt' }] },
      ],
      AttributeDefinitions: expect.arrayContaining([{ AttributeName: 'sweepAt', AttributeType: 'N' }]),
    });
  });

  it('keeps documents, rows and vectors of production when the stack goes, and lets go what can be made again', () => {
    const policies = (type: string) =>
      Object.fromEntries(
        resources(ingestionOfProduction(), type).map(([id, { DeletionPolicy }]) => [
          id.replace(/(Table|Bucket|Index)[0-9A-F]{8}$/, ''),
          DeletionPolicy,
        ]),
      );
    expect(policies('AWS::S3::Bucket')).toEqual({ StoresDocuments: 'Retain', StoresWork: 'Delete' });
    expect(policies('AWS::DynamoDB::GlobalTable')).toEqual({
      StoresRows: 'Retain',
      StoresEmbeddings: 'Delete',
      StoresPace: 'Delete',
    });
    expect(Object.values(policies('AWS::S3Vectors::VectorBucket'))).toEqual(['Retain']);
    expect(Object.values(policies('AWS::S3Vectors::Index'))).toEqual(['Retain']);
  });

  it('takes changes of single documents into the queue, and deletions of those of bulk loads', () => {
    const { Properties } = the('AWS::Events::Rule', 'IntakeDocumentChanged');
    expect(Properties.EventPattern).toEqual({
      source: ['aws.s3'],
      'detail-type': ['Object Created', 'Object Deleted'],
      detail: {
        bucket: { name: [{ Ref: idOf(ingestionOfDev(), 'AWS::S3::Bucket', 'StoresDocuments') }] },
        object: { key: [{ prefix: 'documents/' }] },
      },
    });
    expect(Properties.Targets[0].DeadLetterConfig).toBeDefined();
    const ofLoads = the('AWS::Events::Rule', 'IntakeBulkDocumentDeleted').Properties.EventPattern;
    expect(ofLoads).toMatchObject({
      'detail-type': ['Object Deleted'],
      detail: { object: { key: [{ prefix: 'bulk/' }] } },
    });
  });

  it('parks executions that no Catch could help', () => {
    const patterns = resources(ingestionOfDev(), 'AWS::Events::Rule')
      .filter(([id]) => id.startsWith('IntakeIngestion'))
      .map(([, { Properties }]) => Properties.EventPattern.detail);
    expect(patterns).toMatchObject([
      { status: ['TIMED_OUT', 'ABORTED'] },
      { status: ['FAILED'], error: ['States.Runtime', 'States.DataLimitExceeded', 'States.QueryEvaluationError'] },
    ]);
    for (const { stateMachineArn } of patterns) expect(stateMachineArn).toHaveLength(2);
  });

  it('gives the stages of a batch less time than those of a single document, and the same code', () => {
    const timeouts = (prefix: string) =>
      resources(ingestionOfDev(), 'AWS::Lambda::Function')
        .filter(([id]) => id.startsWith(prefix))
        .map(([, { Properties }]) => Properties.Timeout as number);
    const [single, batch] = [timeouts('WorkflowsStages'), timeouts('WorkflowsBatchStages')];
    expect([single.length, batch.length]).toEqual([6, 6]);
    expect(single.reduce((sum, seconds) => sum + seconds)).toBeGreaterThan(1800);
    expect(batch.reduce((sum, seconds) => sum + seconds)).toBeLessThan(300);
  });

  it('runs the machines on what the stage says', () => {
    ingestionTemplate({
      ...dev,
      ingestion: { ...dev.ingestion, batchSize: 7, loadConcurrency: 9 },
    }).hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'ingestion-load',
      StateMachineType: 'STANDARD',
      DefinitionSubstitutions: Match.objectLike({ LoadBatchSize: '7', LoadConcurrency: '9' }),
      LoggingConfiguration: Match.objectLike({ Level: 'ALL', IncludeExecutionData: false }),
    });
  });

  it('asks every caller who they are: by signature, or by a token when the stage names an issuer', () => {
    const authorization = (template = ingestionOfDev()) =>
      resources(template, 'AWS::ApiGatewayV2::Route').map(
        ([, { Properties }]) => `${Properties.RouteKey} ${Properties.AuthorizationType}`,
      );
    expect(authorization().sort()).toEqual([
      'GET /tenants/{tenant}/documents AWS_IAM',
      'GET /tenants/{tenant}/search AWS_IAM',
    ]);
    const { api, ...rest } = production(stripeSecretArn);
    const jwt = { issuer: 'https://login.example.com', audience: ['stepwright'] };
    expect(authorization(ingestionTemplate({ ...rest, api: { ...api, jwt } })).sort()).toEqual([
      'GET /tenants/{tenant}/documents JWT',
      'GET /tenants/{tenant}/search JWT',
    ]);
  });

  it('sweeps every hour', () => {
    ingestionOfDev().hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(60 minutes)' });
  });

  it('watches every queue in which no message should lie, both machines, the queue and the sweeper', () => {
    // biome-ignore format: one list
    expect(bellsOf(ingestionOfDev())).toEqual([
      'DocumentDied', 'DocumentSweepFails', 'DocumentsBurning', 'DocumentsFailing', 'DocumentsSlow', 'DocumentsStuck', 'IngestDeadLetters', 'IngestReviews', 'LoadDied', 'OldestDocument', 'OldestParked', 'SchemaDrift', 'SecretInLogs', 'SweepDeadLetters', 'TaskStorm', 'Throttled', 'ZombieStopped',
    ]);
  });
});
