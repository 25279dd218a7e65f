import type { Action } from '../../../wire/service';
import { type ChecksumType, defaultType, isTypePossible, readAlgorithm } from '../content/checksum';
import { invalidRequest } from '../faults';
import { dueAtMs } from '../lifecycle/rule-match';
import type { Bucket, Upload } from '../model';
import { encryptionMembers } from '../object-encryption';
import { checkKey } from '../object-key';
import { type AttributesInput, newAttributes } from '../object-writing';
import type { ObjectInput, S3 } from '../s3';
import { putAccess } from './put-object';

interface CreateMultipartUploadInput extends ObjectInput, AttributesInput {
  readonly ChecksumAlgorithm?: string;
  readonly ChecksumType?: ChecksumType;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export function createMultipartUpload(s3: S3): Action<CreateMultipartUploadInput> {
  return {
    access: (input, { caller }) => putAccess(s3, input, caller),
    handle: async (input, call) => {
      const bucket = s3.bucket(input);
      const key = checkKey(input.Key);
      const algorithm = readAlgorithm(input.ChecksumAlgorithm);
      const checksumType = algorithm && (input.ChecksumType ?? defaultType(algorithm));
      if (algorithm && checksumType && !isTypePossible(algorithm, checksumType)) {
        throw invalidRequest(
          `The ${checksumType} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
        );
      }
      const attributes = await newAttributes(s3, bucket, input, call);
      const { caller } = call;
      const upload: Upload = {
        ...attributes,
        id: s3.newId() + s3.newId(),
        key,
        startedAtMs: s3.now(),
        initiator: caller.kind === 'service' ? caller.principal : caller.arn,
        algorithm,
        checksumType,
        parts: new Map(),
      };
      s3.store.addUpload(bucket, upload);
      s3.lifecycle.changed(bucket);
      return {
        Bucket: bucket.name,
        Key: key,
        UploadId: upload.id,
        ...encryptionMembers(upload.encryption),
        ChecksumAlgorithm: algorithm,
        ChecksumType: checksumType,
        ...abortMembers(bucket, upload),
      };
    },
  };
}

/** When a lifecycle rule will abort the upload. */
export function abortMembers({ settings }: Bucket, upload: Upload): { AbortDate?: Date; AbortRuleId?: string } {
  for (const rule of settings.lifecycle ?? []) {
    const days = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation;
    const prefix = rule.Filter?.And?.Prefix ?? rule.Filter?.Prefix ?? rule.Prefix ?? '';
    if (rule.Status === 'Enabled' && days !== undefined && upload.key.startsWith(prefix)) {
      return { AbortDate: new Date(dueAtMs(upload.startedAtMs, Number(days))), AbortRuleId: rule.ID };
    }
  }
  return {};
}
