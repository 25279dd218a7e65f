import { oneOf } from './constraints';
import { validation } from './faults';
import type { EncryptionConfiguration } from './model';

/** What requests say of encryption. */
export interface EncryptionRequest {
  readonly sseType?: string;
  readonly kmsKeyArn?: string;
}

/**
 * Reads an encryption configuration; undefined when none is given. Throws ValidationException for a key without
 * `aws:kms`, and for `aws:kms` without a key.
 */
export function readEncryption(request: EncryptionRequest | undefined): EncryptionConfiguration | undefined {
  if (request === undefined) return undefined;
  const { sseType = 'AES256', kmsKeyArn } = request;
  oneOf('/encryptionConfiguration/sseType', sseType, ['AES256', 'aws:kms']);
  const path = 'EncryptionConfiguration';
  if (sseType === 'AES256') {
    if (kmsKeyArn !== undefined) throw validation('kmsKeyArn must not be specified when sseType is AES256.', path);
    return { sseType };
  }
  if (kmsKeyArn === undefined) throw validation('kmsKeyArn must be specified when sseType is set to aws:kms', path);
  return { sseType: 'aws:kms', kmsKeyArn };
}
