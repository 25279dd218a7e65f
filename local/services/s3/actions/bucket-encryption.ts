import type { Action } from '../../../wire/service';
import { malformedXml } from '../faults';
import type { EncryptionRule } from '../model';
import type { S3 } from '../s3';

interface PutInput {
  readonly Bucket: string;
  readonly ServerSideEncryptionConfiguration?: { readonly Rules?: readonly EncryptionRule[] };
}

/** What every bucket has from the start. */
const OWN_KEYS: readonly EncryptionRule[] = [
  { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html */
export function getBucketEncryption(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('GetEncryptionConfiguration'),
    handle: (input) => ({
      ServerSideEncryptionConfiguration: { Rules: s3.bucket(input).settings.encryption ?? OWN_KEYS },
    }),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html */
export function putBucketEncryption(s3: S3): Action<PutInput> {
  return {
    access: s3.onBucket('PutEncryptionConfiguration'),
    handle: (input) => {
      const rules = input.ServerSideEncryptionConfiguration?.Rules;
      s3.store.set(s3.bucket(input), { encryption: checkEncryptionRules(rules) });
    },
  };
}

/** Back to S3's own keys. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html */
export function deleteBucketEncryption(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('PutEncryptionConfiguration'),
    handle: (input) => {
      s3.store.set(s3.bucket(input), { encryption: OWN_KEYS });
    },
  };
}

/** Throws MalformedXML for rules that S3 does not take, or that are not emulated (`aws:kms:dsse`). */
export function checkEncryptionRules(rules: readonly EncryptionRule[] | undefined): readonly EncryptionRule[] {
  const byDefault = rules?.[0]?.ApplyServerSideEncryptionByDefault;
  if (rules?.length !== 1) throw malformedXml();
  if (byDefault && byDefault.SSEAlgorithm !== 'AES256' && byDefault.SSEAlgorithm !== 'aws:kms') throw malformedXml();
  if (byDefault?.SSEAlgorithm === 'AES256' && byDefault.KMSMasterKeyID !== undefined) throw malformedXml();
  return rules;
}
