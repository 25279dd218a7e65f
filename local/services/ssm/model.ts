/** What a parameter may be. */
export type ParameterType = 'String' | 'StringList' | 'SecureString';

/** A version of a parameter of the parameter store, as plain data. Times are milliseconds since the epoch. */
export interface ParameterVersion {
  readonly type: ParameterType;
  /** Of a SecureString the ciphertext that KMS made of it, in base64. */
  readonly value: string;
  readonly version: number;
  /** SecureString only. */
  readonly keyId?: string;
  readonly description?: string;
  readonly allowedPattern?: string;
  readonly dataType: string;
  readonly tier: 'Standard' | 'Advanced';
  readonly labels: readonly string[];
  readonly changedAtMs: number;
  /** The ARN of who wrote it. */
  readonly changedBy: string;
}

/** A parameter with its versions, the oldest first; as plain data. */
export interface Parameter {
  readonly name: string;
  readonly versions: readonly ParameterVersion[];
  readonly tags: Readonly<Record<string, string>>;
}
