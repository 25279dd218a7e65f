import { invalidEncryption } from './faults';
import type { EncryptionConfiguration } from './model';

const CUSTOMER_MANAGED = 'CUSTOMER_MANAGED_KMS_KEY';
const AWS_OWNED = 'AWS_OWNED_KEY';
const STANDARD_REUSE_SECONDS = 300;

/**
 * Reads an encryption configuration; one that is not given stays undefined. Throws InvalidEncryptionConfiguration.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_EncryptionConfiguration.html
 */
export function readEncryption(given: EncryptionConfiguration | undefined | null): EncryptionConfiguration | undefined {
  if (given === undefined || given === null) return undefined;
  const { type, kmsKeyId, kmsDataKeyReusePeriodSeconds: seconds = STANDARD_REUSE_SECONDS } = given;
  if (type !== CUSTOMER_MANAGED && type !== AWS_OWNED) {
    throw invalidEncryption(`type must be ${AWS_OWNED} or ${CUSTOMER_MANAGED}`);
  }
  if (type === AWS_OWNED) {
    if (kmsKeyId === undefined && given.kmsDataKeyReusePeriodSeconds === undefined) return { type };
    throw invalidEncryption(`kmsKeyId and kmsDataKeyReusePeriodSeconds cannot be set when type is ${AWS_OWNED}`);
  }
  if (!kmsKeyId) throw invalidEncryption(`kmsKeyId must be set when type is ${CUSTOMER_MANAGED}`);
  if (!Number.isInteger(seconds) || seconds < 60 || seconds > 900) {
    throw invalidEncryption('kmsDataKeyReusePeriodSeconds must be between 60 and 900');
  }
  return { type, kmsKeyId, kmsDataKeyReusePeriodSeconds: seconds };
}

/** Whether a configuration names a customer managed key. */
export function isCustomerManaged(encryption: EncryptionConfiguration | undefined): boolean {
  return encryption?.type === CUSTOMER_MANAGED;
}

/** Whether two configurations mean the same; AWS's own key is what there is without one. */
export function isSameEncryption(
  one: EncryptionConfiguration | undefined,
  other: EncryptionConfiguration | undefined,
): boolean {
  const shown = (encryption: EncryptionConfiguration = { type: AWS_OWNED }) => JSON.stringify(encryption);
  return shown(one) === shown(other);
}
