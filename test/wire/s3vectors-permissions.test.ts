import {
  GetIndexCommand,
  ListTagsForResourceCommand,
  ListVectorBucketsCommand,
  ListVectorsCommand,
  PutVectorsCommand,
  QueryVectorsCommand,
  S3VectorsClient,
} from '@aws-sdk/client-s3vectors';
import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';

const ACCOUNT = '000000000000';
const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/reader`;
const INDEX = { vectorBucketName: 'library', indexName: 'films' };

let aws: EmbeddedAws;
const clients: S3VectorsClient[] = [];
beforeEach(async () => {
  const kernel = { clock: new SimulatedClock(), random: new SeededRandom('permissions') };
  aws = await startEmbeddedAws({ port: 0, kernel, warn: () => undefined });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await aws.stop();
});

const allow = (Action: string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

/** A bucket with an index of 2 dimensions, and a role with these grants. */
function template(
  grants: object[],
  { policy, index = {}, tags }: { policy?: object; index?: object; tags?: object[] } = {},
) {
  return {
    Resources: {
      Bucket: {
        Type: 'AWS::S3Vectors::VectorBucket',
        Properties: { VectorBucketName: 'library', Tags: tags, EncryptionConfiguration: { SseType: 'AES256' } },
      },
      Index: {
        Type: 'AWS::S3Vectors::Index',
        Properties: {
          VectorBucketArn: { Ref: 'Bucket' },
          IndexName: 'films',
          DataType: 'float32',
          Dimension: '2',
          DistanceMetric: 'cosine',
          MetadataConfiguration: { NonFilterableMetadataKeys: ['text'] },
          ...index,
        },
      },
      ...(policy && {
        Policy: {
          Type: 'AWS::S3Vectors::VectorBucketPolicy',
          Properties: { VectorBucketArn: { 'Fn::GetAtt': ['Bucket', 'VectorBucketArn'] }, Policy: policy },
        },
      }),
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'reader',
          AssumeRolePolicyDocument: {
            Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
          Policies: grants.length > 0 ? [{ PolicyName: 'p', PolicyDocument: { Statement: grants } }] : undefined,
        },
      },
    },
  };
}
const deploy = async (body: object) =>
  (await aws.cloudFormation.createStack({ stackName: 'stack', template: body as never })).done;
const update = async (body: object) =>
  (await aws.cloudFormation.updateStack({ stackName: 'stack', template: body as never })).done;

function client(who: 'administrator' | 'role'): S3VectorsClient {
  const role = who === 'role' && aws.gateway.assumeRole(ROLE_ARN, 'lambda.amazonaws.com', 'session');
  const credentials = role ? aws.gateway.credentialsOf(role) : { accessKeyId: 'local', secretAccessKey: 'local' };
  const made = new S3VectorsClient({ endpoint: aws.url, region: aws.region, credentials, maxAttempts: 1 });
  clients.push(made);
  return made;
}
const query = (more: object = {}) =>
  new QueryVectorsCommand({ ...INDEX, topK: 1, queryVector: { float32: [1, 1] }, ...more });
const denied = (action: string, resource: string) => ({
  name: 'AccessDeniedException',
  message: expect.stringContaining(`is not authorized to perform: ${action} on resource: ${resource}`),
  $metadata: expect.objectContaining({ httpStatusCode: 403 }),
});
const INDEX_ARN = `arn:aws:s3vectors:us-east-1:${ACCOUNT}:bucket/library/index/films`;

it('lets a role query with QueryVectors alone, and see or filter by metadata with GetVectors', async () => {
  await deploy(template([allow(['s3vectors:QueryVectors', 's3vectors:ListVectors'], { Ref: 'Index' })]));
  await client('administrator').send(
    new PutVectorsCommand({ ...INDEX, vectors: [{ key: 'a', data: { float32: [1, 1] }, metadata: { year: 1 } }] }),
  );
  const reader = client('role');
  expect((await reader.send(query())).vectors).toEqual([{ key: 'a' }]);
  expect((await reader.send(new ListVectorsCommand({ indexArn: INDEX_ARN }))).vectors).toEqual([{ key: 'a' }]);
  const noGet = denied('s3vectors:GetVectors', INDEX_ARN);
  await expect(reader.send(query({ returnMetadata: true }))).rejects.toMatchObject(noGet);
  await expect(reader.send(query({ filter: { year: 1 } }))).rejects.toMatchObject(noGet);
  await expect(reader.send(new ListVectorsCommand({ ...INDEX, returnData: true }))).rejects.toMatchObject(noGet);
  await expect(reader.send(new PutVectorsCommand({ ...INDEX, vectors: [] }))).rejects.toMatchObject(
    denied('s3vectors:PutVectors', INDEX_ARN),
  );

  const grants = [allow(['s3vectors:QueryVectors', 's3vectors:GetVectors'], { 'Fn::GetAtt': ['Index', 'IndexArn'] })];
  await update(template(grants));
  const { vectors } = await client('role').send(query({ returnMetadata: true, filter: { year: 1 } }));
  expect(vectors).toEqual([{ key: 'a', metadata: { year: 1 } }]);
});

it('lets the policy of a bucket decide on its indexes', async () => {
  const policy = (effect: string) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: effect,
        Principal: { AWS: ROLE_ARN },
        Action: 's3vectors:*',
        Resource: [{ Ref: 'Bucket' }, { Ref: 'Index' }],
      },
    ],
  });
  await deploy(template([], { policy: policy('Allow') }));
  expect((await client('role').send(query())).vectors).toEqual([]);
  const grants = [allow(['s3vectors:*'], '*')];
  await update(template(grants, { policy: policy('Deny') }));
  await expect(client('role').send(query())).rejects.toThrow('with an explicit deny in a resource-based policy');
  await update(template(grants));
  expect((await client('role').send(query())).vectors).toEqual([]);
});

it('changes tags in place, replaces an index that changes, and deletes all with the stack', async () => {
  await deploy(template([]));
  const admin = client('administrator');
  await admin.send(new PutVectorsCommand({ ...INDEX, vectors: [{ key: 'a', data: { float32: [1, 1] } }] }));
  await update(template([], { tags: [{ Key: 'team', Value: 'search' }] }));
  const bucketArn = `arn:aws:s3vectors:us-east-1:${ACCOUNT}:bucket/library`;
  expect((await admin.send(new ListTagsForResourceCommand({ resourceArn: bucketArn }))).tags).toEqual({
    team: 'search',
  });
  expect((await admin.send(new ListVectorsCommand(INDEX))).vectors).toEqual([{ key: 'a' }]);

  await update(template([], { index: { IndexName: 'books', Dimension: 3 } }));
  const { index } = await admin.send(new GetIndexCommand({ ...INDEX, indexName: 'books' }));
  expect(index).toMatchObject({ dimension: 3, metadataConfiguration: { nonFilterableMetadataKeys: ['text'] } });
  await expect(admin.send(new GetIndexCommand(INDEX))).rejects.toThrow('The specified index could not be found');

  await (await aws.cloudFormation.deleteStack('stack')).done;
  expect((await admin.send(new ListVectorBucketsCommand({}))).vectorBuckets).toEqual([]);
});
