import { AwsError } from '../../../wire/aws-error';
import type { Action } from '../../../wire/service';
import { accessDenied, malformedPolicy, notConfigured } from '../faults';
import type { Bucket } from '../model';
import { isPublicPolicy } from '../public-policy';
import type { S3 } from '../s3';

const LIMIT_BYTES = 20 * 1024;

const noPolicy = (name: string) => notConfigured('NoSuchBucketPolicy', 'The bucket policy does not exist', name);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export function getBucketPolicy(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('GetBucketPolicy'),
    handle: (input) => {
      const { name, settings } = s3.bucket(input);
      if (!settings.policy) throw noPolicy(name);
      return { Policy: settings.policy.text };
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
export function putBucketPolicy(s3: S3): Action<{ Bucket: string; Policy: string }> {
  return {
    access: s3.onBucket('PutBucketPolicy'),
    handle: (input) => {
      setPolicy(s3, s3.bucket(input), input.Policy);
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html */
export function deleteBucketPolicy(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('DeleteBucketPolicy'),
    handle: (input) => {
      s3.store.set(s3.bucket(input), { policy: undefined });
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html */
export function getBucketPolicyStatus(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('GetBucketPolicyStatus'),
    handle: (input) => {
      const { name, settings } = s3.bucket(input);
      if (!settings.policy) throw noPolicy(name);
      return { PolicyStatus: { IsPublic: isPublicPolicy(settings.policy.document) } };
    },
  };
}

/** Throws MalformedPolicy for what is no policy of this bucket, AccessDenied for a public one that the bucket blocks. */
export function setPolicy(s3: S3, bucket: Bucket, text: string): void {
  if (Buffer.byteLength(text) > LIMIT_BYTES) throw malformedPolicy('Policy exceeds the maximum allowed document size.');
  const document = parse(text);
  checkResources(document, bucket);
  checkGrammar(s3, bucket, document);
  if (bucket.settings.publicAccessBlock?.BlockPublicPolicy && isPublicPolicy(document)) {
    throw accessDenied(
      `User is not authorized to perform: s3:PutBucketPolicy on resource: "${bucket.arn}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
    );
  }
  s3.store.set(bucket, { policy: { text, document } });
}

function parse(text: string): object {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  }
  if (document === null || typeof document !== 'object' || Array.isArray(document)) {
    throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  }
  return document;
}

function checkResources(document: object, { arn }: Bucket): void {
  const { Statement } = document as { Statement?: unknown };
  for (const statement of [Statement ?? []].flat() as Record<string, unknown>[]) {
    const resources = [statement?.Resource ?? statement?.NotResource ?? []].flat().map(String);
    if (resources.length === 0) throw malformedPolicy('Missing required field Resource');
    if (!resources.every((resource) => mayName(resource, arn))) {
      throw malformedPolicy('Policy has invalid resource');
    }
  }
}

/** Whether a pattern can name the bucket or its objects. */
function mayName(resource: string, arn: string): boolean {
  const bucketPart = resource.replace(/^(arn:[^/]*)\/.*$/s, '$1');
  const pattern = bucketPart
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`, 's').test(arn) || resource === '*';
}

/** IAM reads the policy as it will when it decides with it. */
function checkGrammar(s3: S3, bucket: Bucket, document: object): void {
  const nobody = { kind: 'service', principal: 's3.amazonaws.com', sourceArn: bucket.arn, accountId: '' } as const;
  try {
    s3.host.authorize(nobody, 's3', { action: 's3:GetBucketPolicy', resource: bucket.arn }, document);
  } catch (error) {
    if (error instanceof AwsError && error.code === 'MalformedPolicyDocument') throw malformedPolicy(error.message);
    if (!(error instanceof AwsError)) throw error;
  }
}
