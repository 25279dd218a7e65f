import {
  CreateMultipartUploadCommand,
  DeleteBucketCorsCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketTaggingCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectAclCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
  type LifecycleRule,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutBucketAclCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { refusalOf, S3Bench } from '../support/s3-client';

const DAY_MS = 24 * 3600 * 1000;
const bench = new S3Bench();
let Bucket: string;

beforeAll(() => bench.start());
afterAll(() => bench.stop());
beforeEach(async () => {
  Bucket = await bench.bucket();
});

describe('a new bucket', () => {
  it('is what AWS makes it', async () => {
    const { s3 } = bench;
    const encryption = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(encryption.ServerSideEncryptionConfiguration).toEqual({
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
    });
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    expect((await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    const { OwnershipControls } = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    expect(OwnershipControls).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
  });

  it.each([
    ['policy', GetBucketPolicyCommand, 'NoSuchBucketPolicy'],
    ['tags', GetBucketTaggingCommand, 'NoSuchTagSet'],
    ['CORS rules', GetBucketCorsCommand, 'NoSuchCORSConfiguration'],
    ['lifecycle', GetBucketLifecycleConfigurationCommand, 'NoSuchLifecycleConfiguration'],
  ])('has no %s', async (_what, Command: any, code) => {
    expect(await refusalOf(bench.s3.send(new Command({ Bucket })))).toMatchObject({ name: code, status: 404 });
  });
});

describe('a setting', () => {
  it('is given back as it was put, and can be taken away', async () => {
    const { s3 } = bench;
    const CORSRules = [
      {
        AllowedMethods: ['GET', 'PUT'],
        AllowedOrigins: ['https://a.example'],
        ExposeHeaders: ['etag'],
        MaxAgeSeconds: 5,
      },
    ];
    await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    expect((await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual(CORSRules);
    const TagSet = [{ Key: 'team', Value: 'rag' }];
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(TagSet);
    const Principal = { AWS: 'arn:aws:iam::000000000000:root' };
    const Statement = [{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` }];
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
    const Rules = [{ ObjectOwnership: 'BucketOwnerPreferred' as const }];
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
    expect((await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))).OwnershipControls).toEqual({ Rules });

    await s3.send(new DeleteBucketCorsCommand({ Bucket }));
    await s3.send(new DeleteBucketTaggingCommand({ Bucket }));
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    await s3.send(new DeleteBucketEncryptionCommand({ Bucket }));
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    for (const Command of [GetBucketCorsCommand, GetBucketTaggingCommand, GetBucketPolicyCommand] as any[]) {
      expect((await refusalOf(s3.send(new Command({ Bucket })))).status).toBe(404);
    }
    expect((await refusalOf(s3.send(new GetPublicAccessBlockCommand({ Bucket })))).name).toBe(
      'NoSuchPublicAccessBlockConfiguration',
    );
  });

  it('rejects what S3 does not take', async () => {
    const { s3 } = bench;
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'rot13' as any } }];
    const encryption = s3.send(
      new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }),
    );
    expect((await refusalOf(encryption)).name).toBe('MalformedXML');
    const CORSRules = [{ AllowedMethods: ['BREW'], AllowedOrigins: ['*'] }];
    const cors = s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    expect((await refusalOf(cors)).message).toContain('BREW');
  });

  it('that cannot be put is answered as in a bucket where nobody touched it', async () => {
    const { s3 } = bench;
    const { Owner } = await s3.send(new ListBucketsCommand({}));
    const Grants = [{ Grantee: { ID: Owner!.ID, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }];
    expect(await s3.send(new GetBucketAclCommand({ Bucket }))).toMatchObject({ Owner, Grants });
    const object = { Bucket, Key: 'a & b' };
    expect((await refusalOf(s3.send(new GetObjectAclCommand(object)))).name).toBe('NoSuchKey');
    await s3.send(new PutObjectCommand({ ...object, Body: 'x' }));
    expect(await s3.send(new GetObjectAclCommand(object))).toMatchObject({ Owner, Grants });
    expect((await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toBeUndefined();
    expect((await s3.send(new GetBucketRequestPaymentCommand({ Bucket }))).Payer).toBe('BucketOwner');
    expect((await s3.send(new GetBucketAccelerateConfigurationCommand({ Bucket }))).Status).toBeUndefined();
    const refusals = [
      await refusalOf(s3.send(new GetBucketWebsiteCommand({ Bucket }))),
      await refusalOf(s3.send(new GetBucketReplicationCommand({ Bucket }))),
      await refusalOf(s3.send(new GetObjectLockConfigurationCommand({ Bucket }))),
    ];
    expect(refusals.map(({ name, status }) => [name, status])).toEqual([
      ['NoSuchWebsiteConfiguration', 404],
      ['ReplicationConfigurationNotFoundError', 404],
      ['ObjectLockConfigurationNotFoundError', 404],
    ]);
    expect(await refusalOf(s3.send(new GetBucketAclCommand({ Bucket: 'missing' })))).toMatchObject({
      name: 'NoSuchBucket',
    });
  });

  it('that is not there is answered as not implemented, and named once', async () => {
    const acl = bench.s3.send(new PutBucketAclCommand({ Bucket, ACL: 'private' }));
    expect(await refusalOf(acl)).toMatchObject({ name: 'NotImplemented', status: 501 });
    expect(bench.running.warnings).toEqual([expect.stringContaining('s3: operation PUT of a bucket with acl is not')]);
  });
});

describe('a lifecycle rule', () => {
  const rules = (...Rules: LifecycleRule[]) =>
    bench.s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
  const put = (Key: string, more: object = {}) =>
    bench.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...more }));
  const head = (Key: string) => bench.s3.send(new HeadObjectCommand({ Bucket, Key }));
  const keys = async () => {
    const { Versions = [], DeleteMarkers = [] } = await bench.s3.send(new ListObjectVersionsCommand({ Bucket }));
    return [...Versions.map(({ Key }) => Key), ...DeleteMarkers.map(({ Key }) => `${Key} (marker)`)];
  };

  it('comes back as it was put', async () => {
    const rule: LifecycleRule = {
      ID: 'old',
      Status: 'Enabled',
      Filter: { And: { Prefix: 'tmp/', Tags: [{ Key: 'a', Value: 'b' }] } },
      Expiration: { Days: 3 },
      NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 2 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    };
    await rules(rule);
    expect((await bench.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual([rule]);
    await bench.s3.send(new DeleteBucketLifecycleCommand({ Bucket }));
    expect((await refusalOf(rules({ Status: 'Enabled', Filter: { Prefix: '' } }))).name).toBe('InvalidRequest');
  });

  it('expires objects at the midnight after their days', async () => {
    await rules({ ID: 'soon', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 2 } });
    await bench.clock.turn(3600_000);
    await put('tmp/a');
    await put('kept');
    const due = new Date(Math.ceil((bench.clock.now() + 2 * DAY_MS) / DAY_MS) * DAY_MS);
    expect((await head('tmp/a')).Expiration).toBe(`expiry-date="${due.toUTCString()}", rule-id="soon"`);
    await bench.clock.turn(due.getTime() - bench.clock.now() - 1);
    expect(await keys()).toEqual(['kept', 'tmp/a']);
    await bench.clock.turn(1);
    expect(await keys()).toEqual(['kept']);
  });

  it('takes tags and sizes for its filter, and does nothing while it is off', async () => {
    const Filter = { And: { Prefix: '', Tags: [{ Key: 'keep', Value: 'no' }], ObjectSizeGreaterThan: 0 } };
    await rules(
      { ID: 'tagged', Status: 'Enabled', Filter, Expiration: { Days: 1 } },
      { ID: 'off', Status: 'Disabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } },
    );
    await put('a', { Tagging: 'keep=no' });
    await put('b', { Tagging: 'keep=yes' });
    await bench.clock.turn(5 * DAY_MS);
    expect(await keys()).toEqual(['b']);
  });

  it('marks versions, removes those that are old, and then the marker', async () => {
    const Status = 'Enabled' as const;
    await bench.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
    await rules(
      { ID: 'a', Status, Filter: { Prefix: '' }, Expiration: { Days: 10 } },
      { ID: 'b', Status, Filter: { Prefix: '' }, NoncurrentVersionExpiration: { NoncurrentDays: 5 } },
    );
    await put('a');
    await put('a');
    await bench.clock.turn(7 * DAY_MS);
    expect(await keys()).toEqual(['a']);
    await bench.clock.turn(5 * DAY_MS);
    expect(await keys()).toEqual(['a', 'a (marker)']);
    await bench.clock.turn(6 * DAY_MS);
    expect(await keys()).toEqual(['a (marker)']);
    await bench.clock.turn(10 * DAY_MS);
    expect(await keys()).toEqual([]);
  });

  it('aborts uploads that were never completed', async () => {
    await rules({
      ID: 'uploads',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    });
    const { AbortRuleId } = await bench.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'a' }));
    expect(AbortRuleId).toBe('uploads');
    await bench.clock.turn(3 * DAY_MS);
    expect((await bench.s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
  });

  it('leaves the clock alone once there is nothing to do', async () => {
    await rules({ ID: 'soon', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } });
    await put('a');
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await bench.clock.turn(400 * DAY_MS);
    expect(bench.clock.nextAt()).toBeUndefined();
  });
});
