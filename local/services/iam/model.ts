/** A policy document as JSON; read by policy-document. */
export type PolicyJson = Readonly<Record<string, unknown>>;

/** A role of the account. Times are milliseconds since the epoch. */
export interface RoleRecord {
  readonly roleName: string;
  readonly roleId: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAtMs: number;
  trustPolicy: PolicyJson;
  description?: string;
  maxSessionSeconds: number;
  /** Inline policies by name. */
  inline: Record<string, PolicyJson>;
  /** ARNs of managed policies. */
  attached: string[];
  /** ARN of the managed policy that bounds the role. */
  boundaryArn?: string;
  tags: Record<string, string>;
}

/** A managed policy of the account. */
export interface ManagedPolicyRecord {
  readonly policyName: string;
  readonly policyId: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAtMs: number;
  document: PolicyJson;
  description?: string;
}

/** An OpenID Connect provider of the account; kept, and trusted by nothing here. */
export interface OidcProviderRecord {
  readonly arn: string;
  readonly url: string;
  clientIds: string[];
  thumbprints: string[];
}

/** Temporary credentials, and the session that they stand for. */
export interface SessionRecord {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Absent for a session of the account's administrator. */
  readonly roleArn?: string;
  /** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`, or the administrator's own. */
  readonly sessionArn: string;
  /** Absent for sessions that a service holds: the service renews them before they expire. */
  readonly expiresAtMs?: number;
  /** What the session was narrowed to when it was asked for. */
  readonly sessionPolicy?: PolicyJson;
}
