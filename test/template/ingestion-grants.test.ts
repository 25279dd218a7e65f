import { common, expectNoOtherStars, on } from './grants';
import { grantsOf, ingestionOfDev, ingestionOfProduction, resources } from './synthesized';

const documents = (...actions: string[]) => [
  ...on('StoresDocumentsBucket/documents/*', ...actions),
  ...on('StoresDocumentsBucket/bulk/*', ...actions),
];
const readsDocuments = [
  ...documents('s3:GetObject', 's3:GetObjectVersion'),
  ...on('StoresDocumentsBucket', 's3:ListBucket'),
];
const work = (...actions: string[]) => on('StoresWorkBucket/work/*', ...actions.map((action) => `s3:${action}`));
const listsWork = on('StoresWorkBucket', 's3:ListBucket');
const rows = on('StoresRowsTable', 'dynamodb:GetItem', 'dynamodb:PutItem');
const vectors = (...actions: string[]) =>
  on('StoresVectorsIndex.IndexArn', ...actions.map((action) => `s3vectors:${action}`));
const embeds = on('arn:Partition:bedrock:Region::foundation-model/amazon.titan-embed-text-v2:0', 'bedrock:InvokeModel');

/** `results`: what the last stage may besides when it works for a load. */
const stagesOf = (...results: string[]): [string, string[]][] => [
  [
    'FetchDocuments',
    [...documents('s3:GetObjectVersion'), ...on('StoresDocumentsBucket', 's3:ListBucket'), ...work('PutObject')],
  ],
  ['ParseDocuments', [...documents('s3:GetObjectVersion'), ...work('GetObject', 'PutObject', 'AbortMultipartUpload')]],
  ['ChunkDocuments', work('GetObject', 'PutObject', 'AbortMultipartUpload')],
  [
    'EmbedDocuments',
    [
      ...work('GetObject', 'PutObject'),
      ...listsWork,
      ...on('StoresEmbeddingsTable', 'dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'),
      ...on('StoresPaceTable', 'dynamodb:GetItem', 'dynamodb:PutItem'),
      ...embeds,
    ],
  ],
  ['UpsertDocuments', [...work('GetObject'), ...rows, ...vectors('PutVectors')]],
  [
    'ValidateDocuments',
    [...work('GetObject', ...results), ...rows, ...vectors('GetVectors', 'QueryVectors', 'DeleteVectors')],
  ],
];
const stages = stagesOf();

const functions: [string, string[]][] = [
  ...stages.map(([stage, grants]): [string, string[]] => [`WorkflowsStages${stage}Role`, grants]),
  ...stagesOf('PutObject').map(([stage, grants]): [string, string[]] => [`WorkflowsBatchStages${stage}Role`, grants]),
  ['WorkflowsQuarantineDocumentRole', rows],
  ['WorkflowsRollBackVersionRole', [...rows, ...vectors('DeleteVectors')]],
  [
    'WorkflowsPlanLoadRole',
    [
      ...rows,
      ...on('StoresRowsTable', 'dynamodb:BatchGetItem'),
      ...work('GetObject', 'PutObject', 'AbortMultipartUpload'),
      ...listsWork,
      ...on('QueuesIngestQueue', 'sqs:SendMessage'),
    ],
  ],
  ['WorkflowsSummarizeLoadRole', [...work('GetObject'), ...listsWork, ...on('QueuesIngestQueue', 'sqs:SendMessage')]],
  [
    'IntakeStartIngestionRole',
    [
      ...readsDocuments,
      ...rows,
      ...vectors('DeleteVectors'),
      ...on('WorkflowsDocumentStateMachine', 'states:StartExecution'),
      ...on('QueuesIngestQueueDeadLetterQueue', 'sqs:SendMessage'),
      ...on('QueuesIngestQueue', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'),
    ],
  ],
  [
    'ApiSearchDocumentsRole',
    [...vectors('QueryVectors', 'GetVectors'), ...on('StoresRowsTable', 'dynamodb:BatchGetItem'), ...embeds],
  ],
  [
    'ApiListDocumentsRole',
    [...on('StoresRowsTable', 'dynamodb:BatchGetItem'), ...on('StoresRowsTable/index/by-tenant', 'dynamodb:Query')],
  ],
  [
    'UpkeepSweepDocumentsRole',
    [...rows, ...on('StoresRowsTable/index/sweep', 'dynamodb:Query'), ...vectors('DeleteVectors')],
  ],
];

const invokes = (paths: string[]) => paths.flatMap((path) => on(`Workflows${path}Function:*`, 'lambda:InvokeFunction'));
const withoutDelivery = (grants: string[]) => grants.filter((grant) => !/^(logs|xray):\w+ \*$/.test(grant));
const execution = 'arn:Partition:states:Region:AccountId:execution:ingestion-load';

describe('the roles of the ingestion stack', () => {
  it.each(functions)('let %s do exactly what its function does', (role, grants) => {
    expect(grantsOf(ingestionOfDev(), role)).toEqual([...grants, ...common(role)].sort());
  });

  it('let the machine for single documents invoke its stages and undos, and park', () => {
    expect(withoutDelivery(grantsOf(ingestionOfDev(), 'WorkflowsDocumentStateMachineRole'))).toEqual(
      [
        ...invokes([...stages.map(([stage]) => `Stages${stage}`), 'QuarantineDocument', 'RollBackVersion']),
        ...on('QueuesReviewQueue', 'sqs:SendMessage'),
      ].sort(),
    );
  });

  it('let the machine for loads start itself, look after its own children, and read and write its lists', () => {
    expect(withoutDelivery(grantsOf(ingestionOfDev(), 'WorkflowsLoadStateMachineRole'))).toEqual(
      [
        ...invokes([...stages.map(([stage]) => `BatchStages${stage}`), 'PlanLoad', 'SummarizeLoad']),
        ...on('QueuesReviewQueue', 'sqs:SendMessage'),
        ...on('arn:Partition:states:Region:AccountId:stateMachine:ingestion-load', 'states:StartExecution'),
        ...on(`${execution}:*`, 'states:DescribeExecution', 'states:StopExecution'),
        ...on(
          `${execution}/LoadBatches:*`,
          'states:DescribeExecution',
          'states:StopExecution',
          'states:RedriveExecution',
        ),
        ...on(
          'StoresWorkBucket/work/loads/*',
          's3:GetObject',
          's3:PutObject',
          's3:ListMultipartUploadParts',
          's3:AbortMultipartUpload',
        ),
      ].sort(),
    );
  });

  it('let the scheduler sweep and park, and nothing else', () => {
    expect(grantsOf(ingestionOfDev(), 'UpkeepSweepRole')).toEqual([
      'lambda:InvokeFunction UpkeepSweepDocumentsFunction',
      'sqs:SendMessage QueuesSweepDeadLetters',
    ]);
  });

  it('let nobody write or delete a document', () => {
    const grants = resources(ingestionOfDev(), 'AWS::IAM::Role').flatMap(([id]) => grantsOf(ingestionOfDev(), id));
    const onDocuments = grants.filter((grant) => grant.includes(' StoresDocumentsBucket'));
    expect(onDocuments.length).toBeGreaterThan(5);
    expect(onDocuments.filter((grant) => !/^s3:(GetObject|GetObjectVersion|ListBucket) /.test(grant))).toEqual([]);
  });

  it.each([
    ['dev', ingestionOfDev],
    ['production', ingestionOfProduction],
  ])('grant nothing on * in %s but tracing and log delivery', (_stage, template) => {
    expectNoOtherStars(template());
  });
});
