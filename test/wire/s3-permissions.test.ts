import { CreateKeyCommand } from '@aws-sdk/client-kms';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createS3Service } from '../../local/services/s3/router';
import { ACCOUNT, KmsAccount, policy, roleArn } from '../support/kms-account';
import { refusalOf } from '../support/s3-client';

const account = new KmsAccount();
const clients: S3Client[] = [];
let admin: S3Client;
let Bucket: string;
let sequence = 0;

const as = (role: string) => {
  const client = new S3Client(account.as(role));
  clients.push(client);
  return client;
};
const allow = (Action: string | string[], Resource: string | string[], Condition?: object) => ({
  ...{ Effect: 'Allow', Action, Resource },
  ...(Condition && { Condition }),
});
const put = (client: S3Client, Key: string, more: object = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body: 'content', ...more }));
const get = (client: S3Client, Key: string) => client.send(new GetObjectCommand({ Bucket, Key }));
const list = (client: S3Client, Prefix?: string) => client.send(new ListObjectsV2Command({ Bucket, Prefix }));
const setPolicy = (...statements: object[]) =>
  admin.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(policy(...statements)) }));
const block = (isBlocked: boolean) =>
  admin.send(
    new PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: isBlocked,
        IgnorePublicAcls: isBlocked,
        BlockPublicPolicy: isBlocked,
        RestrictPublicBuckets: isBlocked,
      },
    }),
  );

beforeAll(async () => {
  await account.start((host) => [createS3Service(host)]);
  admin = new S3Client(account.running.client);
  clients.push(admin);
  await account.addRole('reader', allow('s3:GetObject', 'arn:aws:s3:::*/*'));
  await account.addRole(
    'lister',
    allow('s3:GetObject', 'arn:aws:s3:::*/*'),
    allow('s3:ListBucket', 'arn:aws:s3:::*', { StringLike: { 's3:prefix': 'mine/*' } }),
  );
  await account.addRole('writer', allow('s3:PutObject', 'arn:aws:s3:::*/*'));
  await account.addRole('full', allow(['s3:*', 'kms:GenerateDataKey', 'kms:Decrypt'], '*'));
  await account.addRole('without-kms', allow('s3:*', '*'));
  await account.addRole('stranger');
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await account.stop();
});
beforeEach(async () => {
  Bucket = `bucket-${++sequence}`;
  await admin.send(new CreateBucketCommand({ Bucket }));
});

describe('a role', () => {
  it('does what its policies allow, and is refused the rest in AWS’s words', async () => {
    await put(as('writer'), 'a');
    expect((await get(as('reader'), 'a')).ContentLength).toBe(7);
    expect(await refusalOf(get(as('writer'), 'a'))).toEqual({
      name: 'AccessDenied',
      status: 403,
      message:
        `User: arn:aws:sts::${ACCOUNT}:assumed-role/writer/session is not authorized to perform: s3:GetObject on resource: ` +
        `"arn:aws:s3:::${Bucket}/a" because no identity-based policy allows the s3:GetObject action`,
    });
    expect((await refusalOf(as('reader').send(new ListBucketsCommand({})))).name).toBe('AccessDenied');
  });

  it('learns that a key is missing only if it may list', async () => {
    expect(await refusalOf(get(as('reader'), 'missing'))).toMatchObject({ name: 'AccessDenied', status: 403 });
    expect(await refusalOf(get(as('full'), 'missing'))).toMatchObject({ name: 'NoSuchKey', status: 404 });
  });

  it('lists only below the prefix that its policy names', async () => {
    await list(as('lister'), 'mine/');
    expect((await refusalOf(list(as('lister'), 'others/'))).name).toBe('AccessDenied');
    expect((await refusalOf(list(as('lister')))).name).toBe('AccessDenied');
  });

  it('needs rights on source and target of a copy, and one for tags', async () => {
    await put(admin, 'a');
    const copy = (client: S3Client) =>
      client.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }));
    expect((await refusalOf(copy(as('reader')))).message).toContain('s3:PutObject');
    expect((await refusalOf(copy(as('writer')))).message).toContain('s3:GetObject');
    await copy(as('full'));
    expect((await refusalOf(put(as('writer'), 'c', { Tagging: 'a=1' }))).message).toContain('s3:PutObjectTagging');
  });

  it('is decided on for each of many objects that it deletes', async () => {
    await put(admin, 'a');
    const input = { Bucket, Delete: { Objects: [{ Key: 'a' }] } };
    const { Errors, Deleted } = await as('reader').send(new DeleteObjectsCommand(input));
    expect(Errors).toMatchObject([{ Key: 'a', Code: 'AccessDenied' }]);
    expect(Deleted).toBeUndefined();
    expect((await get(admin, 'a')).ContentLength).toBe(7);
  });
});

describe('a bucket policy', () => {
  it('lets in whom it names', async () => {
    await put(admin, 'a');
    expect((await refusalOf(get(as('stranger'), 'a'))).name).toBe('AccessDenied');
    await setPolicy({ ...allow('s3:GetObject', `arn:aws:s3:::${Bucket}/*`), Principal: { AWS: roleArn('stranger') } });
    expect((await get(as('stranger'), 'a')).ContentLength).toBe(7);
  });

  it('keeps out whom it denies, and takes the loopback for secure', async () => {
    await put(admin, 'a');
    const Resource = [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`];
    const insecure = { Bool: { 'aws:SecureTransport': 'false' } };
    await setPolicy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource, Condition: insecure });
    expect((await get(as('full'), 'a')).ContentLength).toBe(7);
    const plain = { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } };
    await setPolicy({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: Resource[1],
      Condition: plain,
    });
    expect((await refusalOf(put(as('full'), 'b'))).message).toContain(
      'with an explicit deny in a resource-based policy',
    );
    await put(as('full'), 'b', { ServerSideEncryption: 'aws:kms' });
  });

  it('rejects what is none, or is of another bucket', async () => {
    const set = (Policy: string) => refusalOf(admin.send(new PutBucketPolicyCommand({ Bucket, Policy })));
    expect((await set('nonsense')).name).toBe('MalformedPolicy');
    const other = { ...allow('s3:GetObject', 'arn:aws:s3:::other/*'), Principal: { AWS: roleArn('reader') } };
    expect(await set(JSON.stringify(policy(other)))).toMatchObject({
      name: 'MalformedPolicy',
      message: 'Policy has invalid resource',
    });
    const maybe = { ...allow('s3:GetObject', `arn:aws:s3:::${Bucket}/*`), Effect: 'Maybe', Principal: '*' };
    expect((await set(JSON.stringify(policy(maybe)))).name).toBe('MalformedPolicy');
  });
});

describe('strangers', () => {
  const unsigned = (path: string, init?: RequestInit) => fetch(`${account.running.url}/${Bucket}${path}`, init);
  const open = () => setPolicy({ ...allow('s3:GetObject', `arn:aws:s3:::${Bucket}/*`), Principal: '*' });

  it('are refused without being told why', async () => {
    await put(admin, 'a');
    const answer = await unsigned('/a');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([403, 'application/xml']);
    expect(await answer.text()).toContain('<Code>AccessDenied</Code><Message>Access Denied</Message>');
    expect((await unsigned('/b', { method: 'PUT', body: 'x' })).status).toBe(403);
  });

  it('come in once the bucket blocks nothing and its policy is public', async () => {
    await put(admin, 'a');
    expect(await refusalOf(open())).toMatchObject({ name: 'AccessDenied', status: 403 });
    await block(false);
    await open();
    expect(await (await unsigned('/a')).text()).toBe('content');
    const { PolicyStatus } = await admin.send(new GetBucketPolicyStatusCommand({ Bucket }));
    expect(PolicyStatus).toEqual({ IsPublic: true });
    await block(true);
    expect((await unsigned('/a')).status).toBe(403);
    const { PublicAccessBlockConfiguration } = await admin.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(PublicAccessBlockConfiguration).toMatchObject({ RestrictPublicBuckets: true });
  });
});

describe('a presigned URL', () => {
  const presign = (role: string, expires: number, more = '') => {
    const { credentials } = account.as(role);
    const date = new Date(account.clock.now()).toISOString().replace(/[-:]|\.\d+/g, '');
    const credential = `${credentials.accessKeyId}/${date.slice(0, 8)}/us-east-1/s3/aws4_request`;
    return (
      `${account.running.url}/${Bucket}/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(credential)}` +
      `&X-Amz-Date=${date}&X-Amz-Expires=${expires}&X-Amz-SignedHeaders=host&X-Amz-Signature=00${more}`
    );
  };

  it('does what its role may, until it expires', async () => {
    // SDKs sign the checksum of an empty body into the URL; S3 does not look at it.
    const put = await fetch(
      presign(
        'writer',
        60,
        '&x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32&x-amz-meta-from=url',
      ),
      {
        method: 'PUT',
        body: 'signed',
      },
    );
    expect(put.status).toBe(200);
    const url = presign('reader', 60);
    const answer = await fetch(url);
    expect([await answer.text(), answer.headers.get('x-amz-meta-from')]).toEqual(['signed', 'url']);
    expect((await fetch(presign('writer', 60))).status).toBe(403);
    await account.clock.turn(61_000);
    const late = await fetch(url);
    expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
  });

  it('rejects one of Signature Version 2', async () => {
    const answer = await fetch(
      `${account.running.url}/${Bucket}/a?AWSAccessKeyId=local&Signature=00&Expires=4102444800`,
    );
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringMatching(/<Code>InvalidRequest<.*Please use AWS4-HMAC-SHA256\./),
    ]);
  });

  it('rejects one that is good for more than a week', async () => {
    const answer = await fetch(presign('reader', 604_801));
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('AuthorizationQueryParametersError'),
    ]);
  });
});

describe('a bucket that is encrypted with a KMS key', () => {
  let keyArn: string;
  beforeEach(async () => {
    keyArn = (await account.kms.send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;
    const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: keyArn };
    const Rules = [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled: true }];
    await admin.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
  });

  it('asks for the caller’s right to the key', async () => {
    const written = await put(as('full'), 'a');
    expect(written).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn, BucketKeyEnabled: true });
    expect((await get(as('full'), 'a')).ServerSideEncryption).toBe('aws:kms');
    expect(await refusalOf(put(as('without-kms'), 'b'))).toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('kms:GenerateDataKey'),
    });
    expect(await refusalOf(get(as('without-kms'), 'a'))).toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('kms:Decrypt'),
    });
    const begin = new CreateMultipartUploadCommand({ Bucket, Key: 'c' });
    expect((await refusalOf(as('without-kms').send(begin))).name).toBe('AccessDenied');
    expect((await put(as('without-kms'), 'd', { ServerSideEncryption: 'AES256' })).ServerSideEncryption).toBe('AES256');
  });
});
