import type { ManagedPolicyRecord, OidcProviderRecord, PolicyJson, RoleRecord, SessionRecord } from './model';

/**
 * All state of the embedded IAM and STS. `revision` grows with every change that can turn a decision.
 */
export class IamStore {
  revision = 0;
  private readonly roles: Record<string, RoleRecord> = {};
  private readonly policies: Record<string, ManagedPolicyRecord> = {};
  private readonly oidcProviders: Record<string, OidcProviderRecord> = {};
  private readonly sessions: Record<string, SessionRecord> = {};
  private readonly keysOfServices: Record<string, string> = {};
  private readonly sessionPolicies: Record<string, PolicyJson> = {};

  role(roleName: string): RoleRecord | undefined {
    return Object.hasOwn(this.roles, roleName) ? this.roles[roleName] : undefined;
  }

  roleByArn(arn: string): RoleRecord | undefined {
    const role = this.role(arn.slice(arn.lastIndexOf('/') + 1));
    return role?.arn === arn ? role : undefined;
  }

  allRoles(): RoleRecord[] {
    return Object.values(this.roles);
  }

  putRole(role: RoleRecord): void {
    this.roles[role.roleName] = role;
    this.revision++;
  }

  removeRole(roleName: string): void {
    delete this.roles[roleName];
    this.revision++;
  }

  putInlinePolicy(roleName: string, policyName: string, document: PolicyJson): void {
    this.roles[roleName]!.inline[policyName] = document;
    this.revision++;
  }

  removeInlinePolicy(roleName: string, policyName: string): void {
    delete this.roles[roleName]?.inline[policyName];
    this.revision++;
  }

  attach(roleName: string, policyArn: string): void {
    const { attached } = this.roles[roleName]!;
    if (!attached.includes(policyArn)) attached.push(policyArn);
    this.revision++;
  }

  detach(roleName: string, policyArn: string): void {
    const role = this.roles[roleName];
    if (role) role.attached = role.attached.filter((arn) => arn !== policyArn);
    this.revision++;
  }

  policy(arn: string): ManagedPolicyRecord | undefined {
    return Object.hasOwn(this.policies, arn) ? this.policies[arn] : undefined;
  }

  putPolicy(policy: ManagedPolicyRecord): void {
    this.policies[policy.arn] = policy;
    this.revision++;
  }

  removePolicy(arn: string): void {
    delete this.policies[arn];
    this.revision++;
  }

  oidcProvider(arn: string): OidcProviderRecord | undefined {
    return Object.hasOwn(this.oidcProviders, arn) ? this.oidcProviders[arn] : undefined;
  }

  putOidcProvider(provider: OidcProviderRecord): void {
    this.oidcProviders[provider.arn] = provider;
  }

  removeOidcProvider(arn: string): void {
    delete this.oidcProviders[arn];
  }

  session(accessKeyId: string): SessionRecord | undefined {
    return Object.hasOwn(this.sessions, accessKeyId) ? this.sessions[accessKeyId] : undefined;
  }

  /** What the latest session of this ARN was narrowed to. */
  sessionPolicy(sessionArn: string): PolicyJson | undefined {
    return this.sessionPolicies[sessionArn];
  }

  /** The session that a service holds under this ARN. */
  sessionOfService(sessionArn: string): SessionRecord | undefined {
    const key = this.keysOfServices[sessionArn];
    return key ? this.sessions[key] : undefined;
  }

  putSession(session: SessionRecord): void {
    this.sessions[session.accessKeyId] = session;
    if (session.expiresAtMs === undefined) this.keysOfServices[session.sessionArn] = session.accessKeyId;
    const before = this.sessionPolicies[session.sessionArn];
    if (before === session.sessionPolicy) return;
    if (session.sessionPolicy) this.sessionPolicies[session.sessionArn] = session.sessionPolicy;
    else delete this.sessionPolicies[session.sessionArn];
    this.revision++;
  }
}
