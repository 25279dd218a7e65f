/** A version of a secret, as plain data. It has no content while a rotation has only announced it. */
export interface SecretVersion {
  readonly id: string;
  readonly createdAtMs: number;
  readonly text?: string;
  /** As base64. */
  readonly binary?: string;
  readonly stages: readonly string[];
  /** Absent: the key of the account's own. */
  readonly dataKey?: SecretDataKey;
  readonly accessedDayMs?: number;
}

/** The data key that a version is encrypted with, itself encrypted by KMS in base64. */
export interface SecretDataKey {
  readonly keyArn: string;
  readonly ciphertext: string;
}

/** When a secret is rotated; as the API writes it. */
export interface RotationRules {
  readonly AutomaticallyAfterDays?: number;
  readonly Duration?: string;
  readonly ScheduleExpression?: string;
}

/** How a secret is rotated. */
export interface Rotation {
  readonly isEnabled: boolean;
  readonly functionArn?: string;
  readonly rules?: RotationRules;
  readonly rotatedAtMs?: number;
  readonly nextAtMs?: number;
}

/** A secret with its versions, as plain data; times are milliseconds since the epoch. */
export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly description?: string;
  readonly kmsKeyId?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** By version id, the oldest first. */
  readonly versions: Readonly<Record<string, SecretVersion>>;
  readonly changedAtMs: number;
  readonly accessedDayMs?: number;
  /** When it goes for good; absent for a secret that nobody deleted. */
  readonly goneAtMs?: number;
  readonly rotation: Rotation;
  /** The resource policy, as JSON. */
  readonly policy?: string;
}

/** What a version holds: text or bytes, as base64. */
export interface Content {
  readonly text?: string;
  readonly binary?: string;
}
