/**
 * Owns what S3 asks of KMS for objects that are encrypted with a KMS key: a data key of the writer's, the reader's right to
 * decrypt it. The bytes themselves lie here as they came.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
import { AwsError } from '../../wire/aws-error';
import { type Caller, onBehalfOf } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { accessDenied, invalidArgument } from './faults';
import type { Bucket, Encryption } from './model';

/** What a request says of an object's encryption. */
export interface EncryptionInput {
  readonly ServerSideEncryption?: string;
  readonly SSEKMSKeyId?: string;
  readonly SSEKMSEncryptionContext?: string;
  readonly BucketKeyEnabled?: boolean;
  readonly SSECustomerAlgorithm?: string;
}

/** S3's way to KMS. */
export class ObjectEncryption {
  constructor(private readonly host: Host) {}

  /** How a new object is encrypted: as the request says, or else as the bucket does. Rejects with what KMS refuses. */
  async forNewObject(bucket: Bucket, key: string, input: EncryptionInput, caller: Caller): Promise<Encryption> {
    const byDefault = bucket.settings.encryption?.[0];
    const rule = byDefault?.ApplyServerSideEncryptionByDefault;
    const algorithm = input.ServerSideEncryption ?? rule?.SSEAlgorithm ?? 'AES256';
    if (input.SSECustomerAlgorithm)
      throw invalidArgument(
        'Keys of customers (SSE-C) are not emulated.',
        'x-amz-server-side-encryption-customer-algorithm',
        input.SSECustomerAlgorithm,
      );
    if (algorithm !== 'AES256' && algorithm !== 'aws:kms') {
      throw invalidArgument(
        'The encryption method specified is not supported',
        'x-amz-server-side-encryption',
        algorithm,
      );
    }
    if (algorithm === 'AES256') {
      if (input.SSEKMSKeyId !== undefined) {
        throw invalidArgument(
          'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
          'x-amz-server-side-encryption',
          algorithm,
        );
      }
      return { algorithm };
    }
    const isBucketKey = input.BucketKeyEnabled ?? byDefault?.BucketKeyEnabled ?? false;
    const context = {
      ...readContext(input.SSEKMSEncryptionContext),
      'aws:s3:arn': isBucketKey ? bucket.arn : `${bucket.arn}/${key}`,
    };
    const KeyId = input.SSEKMSKeyId ?? rule?.KMSMasterKeyID ?? 'alias/aws/s3';
    const answer = await this.ask(caller, 'GenerateDataKey', { KeyId, KeySpec: 'AES_256', EncryptionContext: context });
    return { algorithm, keyArn: answer?.KeyId ?? KeyId, dataKey: answer?.CiphertextBlob, context, isBucketKey };
  }

  /** Rejects unless `caller` may decrypt what is encrypted so. */
  async open({ dataKey, context }: Encryption, caller: Caller): Promise<void> {
    if (dataKey) await this.ask(caller, 'Decrypt', { CiphertextBlob: dataKey, EncryptionContext: context });
  }

  private async ask(caller: Caller, action: string, input: object): Promise<any> {
    try {
      return await this.host.call(onBehalfOf(caller, 's3', this.host.region), 'kms', action, input);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (error.code === 'UnknownOperationException') return undefined;
      if (error.code === 'AccessDeniedException') throw accessDenied(error.message);
      throw new AwsError(`KMS.${error.code}`, error.message, 400);
    }
  }
}

function readContext(header: string | undefined): Record<string, string> {
  if (!header) return {};
  try {
    return JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
  } catch {
    throw invalidArgument(
      'The header x-amz-server-side-encryption-context shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map',
      'x-amz-server-side-encryption-context',
      header,
    );
  }
}

/** How an object is encrypted, as answers have it. */
export function encryptionMembers({ algorithm, keyArn, isBucketKey }: Encryption): object {
  return {
    ServerSideEncryption: algorithm,
    SSEKMSKeyId: keyArn,
    BucketKeyEnabled: isBucketKey || undefined,
  };
}
