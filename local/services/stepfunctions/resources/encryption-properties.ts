import type { EncryptionConfiguration } from '../model';

/** How a template writes an encryption configuration. */
export interface EncryptionProperties {
  readonly EncryptionConfiguration?: {
    readonly Type: string;
    readonly KmsKeyId?: string;
    readonly KmsDataKeyReusePeriodSeconds?: number;
  };
}

/** What is emulated of it. */
export const ENCRYPTION_PROPERTIES = {
  members: { Type: 'emulated', KmsKeyId: 'emulated', KmsDataKeyReusePeriodSeconds: 'number' },
} as const;

/** As the API takes it. */
export function encryptionOf({
  EncryptionConfiguration: given,
}: EncryptionProperties): EncryptionConfiguration | undefined {
  if (!given) return undefined;
  const { Type: type, KmsKeyId: kmsKeyId, KmsDataKeyReusePeriodSeconds: kmsDataKeyReusePeriodSeconds } = given;
  return { type, kmsKeyId, kmsDataKeyReusePeriodSeconds };
}
