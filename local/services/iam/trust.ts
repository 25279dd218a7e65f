import type { Host } from '../../wire/host';
import { accessDenied } from './access-denied';
import { ConditionKeys } from './condition-keys';
import { resourceVerdict } from './evaluate';
import { cachedPolicy } from './policy-document';
import type { IamStore } from './store';

/**
 * Throws AwsError AccessDenied unless a role's trust policy admits a service that acts for `sourceArn`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function checkTrust(
  host: Pick<Host, 'kernel' | 'accountId' | 'region'>,
  store: IamStore,
  roleArn: string,
  principal: string,
  sourceArn: string,
): void {
  const { accountId, region, kernel } = host;
  const caller = { kind: 'service', principal, sourceArn, accountId } as const;
  const trust = store.roleByArn(roleArn)?.trustPolicy;
  const keys = new ConditionKeys({ caller, resource: roleArn, region, accountId, nowMs: kernel.clock.now() });
  const request = { caller, action: 'sts:AssumeRole', resource: roleArn, keys };
  if (trust && resourceVerdict(cachedPolicy(trust, 'trust'), request) === 'self') return;
  throw accessDenied(caller, 'sts', 'sts:AssumeRole', roleArn, { kind: 'implicit', policy: 'resource-based policy' });
}
