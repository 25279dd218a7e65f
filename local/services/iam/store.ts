import type { Journal, JournalCollection } from '../../kernel/journal';
import type { ManagedPolicyRecord, OidcProviderRecord, PolicyJson, RoleRecord, SessionRecord } from './model';

/**
 * All state of the embedded IAM and STS, told to the journal by each change. `revision` grows with every change that can turn
 * a decision. Sessions that a service holds end with the process: their keys are in workers that end with it.
 */
export class IamStore {
  revision = 0;
  private readonly roles: Map<string, RoleRecord>;
  private readonly policies: Map<string, ManagedPolicyRecord>;
  private readonly oidcProviders: Map<string, OidcProviderRecord>;
  private readonly sessions = new Map<string, SessionRecord>();
  private readonly keysOfServices = new Map<string, string>();
  private readonly sessionPolicies = new Map<string, PolicyJson>();
  private readonly roleRecords: JournalCollection<RoleRecord>;
  private readonly policyRecords: JournalCollection<ManagedPolicyRecord>;
  private readonly oidcRecords: JournalCollection<OidcProviderRecord>;
  private readonly sessionRecords: JournalCollection<SessionRecord>;

  /** `nowMs` is when the process starts: sessions that had expired by then are forgotten. */
  constructor(journal: Journal, nowMs: number) {
    this.roleRecords = journal.collection('iam.roles');
    this.policyRecords = journal.collection('iam.policies');
    this.oidcRecords = journal.collection('iam.oidc-providers');
    this.sessionRecords = journal.collection('iam.sessions');
    this.roles = new Map(this.roleRecords.restored());
    this.policies = new Map(this.policyRecords.restored());
    this.oidcProviders = new Map(this.oidcRecords.restored());
    for (const [key, session] of this.sessionRecords.restored()) {
      if (session.expiresAtMs! <= nowMs) this.sessionRecords.delete(key);
      else this.keepSession(session);
    }
  }

  role(roleName: string): RoleRecord | undefined {
    return this.roles.get(roleName);
  }

  roleByArn(arn: string): RoleRecord | undefined {
    const role = this.role(arn.slice(arn.lastIndexOf('/') + 1));
    return role?.arn === arn ? role : undefined;
  }

  allRoles(): RoleRecord[] {
    return [...this.roles.values()];
  }

  putRole(role: RoleRecord): void {
    this.roles.set(role.roleName, role);
    this.roleRecords.put(role.roleName, role);
    this.revision++;
  }

  removeRole(roleName: string): void {
    this.roles.delete(roleName);
    this.roleRecords.delete(roleName);
    this.revision++;
  }

  putInlinePolicy(roleName: string, policyName: string, document: PolicyJson): void {
    const role = this.roles.get(roleName)!;
    this.putRole({ ...role, inline: { ...role.inline, [policyName]: document } });
  }

  removeInlinePolicy(roleName: string, policyName: string): void {
    const role = this.roles.get(roleName);
    if (!role) return;
    const { [policyName]: _removed, ...inline } = role.inline;
    this.putRole({ ...role, inline });
  }

  attach(roleName: string, policyArn: string): void {
    const role = this.roles.get(roleName)!;
    this.putRole({ ...role, attached: [...new Set([...role.attached, policyArn])] });
  }

  detach(roleName: string, policyArn: string): void {
    const role = this.roles.get(roleName);
    if (role) this.putRole({ ...role, attached: role.attached.filter((arn) => arn !== policyArn) });
  }

  policy(arn: string): ManagedPolicyRecord | undefined {
    return this.policies.get(arn);
  }

  allPolicies(): ManagedPolicyRecord[] {
    return [...this.policies.values()];
  }

  putPolicy(policy: ManagedPolicyRecord): void {
    this.policies.set(policy.arn, policy);
    this.policyRecords.put(policy.arn, policy);
    this.revision++;
  }

  removePolicy(arn: string): void {
    this.policies.delete(arn);
    this.policyRecords.delete(arn);
    this.revision++;
  }

  oidcProvider(arn: string): OidcProviderRecord | undefined {
    return this.oidcProviders.get(arn);
  }

  allOidcProviders(): OidcProviderRecord[] {
    return [...this.oidcProviders.values()];
  }

  putOidcProvider(provider: OidcProviderRecord): void {
    this.oidcProviders.set(provider.arn, provider);
    this.oidcRecords.put(provider.arn, provider);
  }

  removeOidcProvider(arn: string): void {
    this.oidcProviders.delete(arn);
    this.oidcRecords.delete(arn);
  }

  session(accessKeyId: string): SessionRecord | undefined {
    return this.sessions.get(accessKeyId);
  }

  /** What the latest session of this ARN was narrowed to. */
  sessionPolicy(sessionArn: string): PolicyJson | undefined {
    return this.sessionPolicies.get(sessionArn);
  }

  /** The session that a service holds under this ARN. */
  sessionOfService(sessionArn: string): SessionRecord | undefined {
    const key = this.keysOfServices.get(sessionArn);
    return key === undefined ? undefined : this.sessions.get(key);
  }

  putSession(session: SessionRecord): void {
    this.keepSession(session);
    if (session.expiresAtMs !== undefined) this.sessionRecords.put(session.accessKeyId, session);
  }

  private keepSession(session: SessionRecord): void {
    const { accessKeyId, sessionArn, expiresAtMs, sessionPolicy } = session;
    this.sessions.set(accessKeyId, session);
    if (expiresAtMs === undefined) this.keysOfServices.set(sessionArn, accessKeyId);
    if (this.sessionPolicies.get(sessionArn) === sessionPolicy) return;
    if (sessionPolicy) this.sessionPolicies.set(sessionArn, sessionPolicy);
    else this.sessionPolicies.delete(sessionArn);
    this.revision++;
  }
}
