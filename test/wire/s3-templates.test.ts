import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Template } from '../../local/assembly/template';
import { createS3Service } from '../../local/services/s3/router';
import { KmsAccount } from '../support/kms-account';
import { refusalOf } from '../support/s3-client';

const account = new KmsAccount();
let s3: S3Client;

beforeAll(async () => {
  await account.start((host) => [createS3Service(host)]);
  s3 = new S3Client(account.running.client);
});
afterAll(async () => {
  s3.destroy();
  await account.stop();
});

const Outputs = Object.fromEntries(
  ['Arn', 'DomainName', 'RegionalDomainName', 'WebsiteURL'].map((name) => [
    name,
    { Value: { 'Fn::GetAtt': ['Bucket', name] } },
  ]),
);
const bucket = (Properties: Record<string, unknown> = {}, more: object = {}): Template => ({
  Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties, ...more } },
  Outputs: { Name: { Value: { Ref: 'Bucket' } }, ...Outputs },
});
const remove = async (stackName: string) => (await account.cloudFormation.deleteStack(stackName)).done;

describe('a bucket of a template', () => {
  it('has a name and attributes as AWS gives them', async () => {
    const outputs = await account.deploy('Naming', bucket());
    expect(outputs.Name).toMatch(/^naming-bucket-[a-z0-9]+$/);
    expect(outputs).toMatchObject({
      Arn: `arn:aws:s3:::${outputs.Name}`,
      DomainName: `${outputs.Name}.s3.amazonaws.com`,
      RegionalDomainName: `${outputs.Name}.s3.us-east-1.amazonaws.com`,
      WebsiteURL: `http://${outputs.Name}.s3-website-us-east-1.amazonaws.com`,
    });
  });

  it('is configured as the template says, and again when it changes', async () => {
    const Properties = {
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: 'true' },
        ],
      },
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'old',
            Status: 'Enabled',
            Prefix: 'tmp/',
            ExpirationInDays: '7',
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          },
        ],
      },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      Tags: [{ Key: 'team', Value: 'rag' }],
    };
    const { Name: Bucket } = await account.deploy('configured', bucket(Properties));
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
    const encryption = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(encryption.ServerSideEncryptionConfiguration!.Rules).toMatchObject([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true },
    ]);
    const { Rules } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    expect(Rules).toMatchObject([{ ID: 'old', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 7 } }]);
    const notifications = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    expect(notifications.EventBridgeConfiguration).toEqual({});
    expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(Properties.Tags);

    const { Name: same } = await account.update('configured', bucket({ Tags: [{ Key: 'team', Value: 'ops' }] }));
    expect(same).toBe(Bucket);
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Suspended');
    expect((await refusalOf(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })))).status).toBe(404);
    expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([{ Key: 'team', Value: 'ops' }]);
  });

  it('gets its policy, and loses it with the policy’s resource', async () => {
    const Statement = {
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: [
        { 'Fn::GetAtt': ['Bucket', 'Arn'] },
        { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/*']] },
      ],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const template = bucket();
    const withPolicy: Template = {
      ...template,
      Resources: {
        ...template.Resources,
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'Bucket' },
            PolicyDocument: { Version: '2012-10-17', Statement: [Statement] },
          },
        },
      },
    };
    const { Name: Bucket, Arn } = await account.deploy('guarded', withPolicy);
    const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
    expect(JSON.parse(Policy!).Statement[0].Resource).toEqual([Arn, `${Arn}/*`]);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
    await account.update('guarded', template);
    expect((await refusalOf(s3.send(new GetBucketPolicyCommand({ Bucket })))).name).toBe('NoSuchBucketPolicy');
  });

  it('goes with its stack, unless it is not empty or is to stay', async () => {
    const empty = await account.deploy('empty', bucket());
    await remove('empty');
    expect((await refusalOf(s3.send(new HeadBucketCommand({ Bucket: empty.Name! })))).status).toBe(404);
    const kept = await account.deploy('kept', bucket({}, { DeletionPolicy: 'Retain' }));
    await remove('kept');
    await s3.send(new HeadBucketCommand({ Bucket: kept.Name! }));
    const full = await account.deploy('full', bucket());
    await s3.send(new PutObjectCommand({ Bucket: full.Name!, Key: 'a', Body: 'x' }));
    await expect(remove('full')).rejects.toThrow('The bucket you tried to delete is not empty');
    await s3.send(new HeadBucketCommand({ Bucket: full.Name! }));
  });

  it('fails for a name that is taken, and for what is not emulated', async () => {
    await account.deploy('first', bucket({ BucketName: 'taken' }));
    await expect(account.deploy('second', bucket({ BucketName: 'taken' }))).rejects.toThrow('taken already exists');
    await expect(account.deploy('third', bucket({ WebsiteConfiguration: { IndexDocument: 'i' } }))).rejects.toThrow(
      'WebsiteConfiguration',
    );
  });
});
