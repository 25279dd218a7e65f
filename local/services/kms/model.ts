/** Types of what KMS keeps. Times are milliseconds since the epoch. */

export type KeySpec = 'SYMMETRIC_DEFAULT' | 'HMAC_224' | 'HMAC_256' | 'HMAC_384' | 'HMAC_512';
export type KeyUsage = 'ENCRYPT_DECRYPT' | 'GENERATE_VERIFY_MAC';
export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

/** A key policy as it was given, and read once: IAM keeps its decisions for as long as it is given the same object. */
export interface KeyPolicy {
  readonly text: string;
  readonly document: object;
}

/** One rotation that has taken place. */
export interface Rotation {
  readonly atMs: number;
  readonly type: 'AUTOMATIC' | 'ON_DEMAND';
}

/** Automatic rotation, when it is on. */
export interface RotationPlan {
  readonly periodDays: number;
  readonly nextAtMs: number;
}

/** As CreateGrant takes them. */
export interface GrantConstraints {
  readonly EncryptionContextSubset?: Readonly<Record<string, string>>;
  readonly EncryptionContextEquals?: Readonly<Record<string, string>>;
}

/** A permission on one key that its policy does not hold. */
export interface Grant {
  readonly id: string;
  readonly token: string;
  readonly name?: string;
  readonly granteePrincipal: string;
  readonly retiringPrincipal?: string;
  readonly operations: readonly string[];
  readonly constraints?: GrantConstraints;
  readonly issuedBy: string;
  readonly createdAtMs: number;
}

/** A key with its material; read-only to all but the store. */
export interface KeyRecord {
  readonly id: string;
  readonly arn: string;
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly manager: 'AWS' | 'CUSTOMER';
  readonly createdAtMs: number;
  readonly description: string;
  readonly state: KeyState;
  /** While the deletion is pending. */
  readonly deletionAtMs?: number;
  readonly policy: KeyPolicy;
  /** The material of every rotation, the present one last; a ciphertext names its own by position. */
  readonly material: readonly Buffer[];
  readonly rotations: readonly Rotation[];
  readonly rotationPlan?: RotationPlan;
  readonly tags: Readonly<Record<string, string>>;
  readonly grants: readonly Grant[];
}

/** Another name of a key. */
export interface AliasRecord {
  /** With its prefix: `alias/orders`. */
  readonly name: string;
  readonly arn: string;
  readonly keyId: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}
