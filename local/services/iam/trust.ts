import type { AwsError } from '../../wire/aws-error';
import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { accessDenied } from './access-denied';
import { ConditionKeys } from './condition-keys';
import { resourceVerdict } from './evaluate';
import type { PolicyJson } from './model';
import { cachedPolicy } from './policy-document';

/**
 * Whether a role's trust policy admits a service; a role that is not there admits nobody.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function isTrusted(
  host: Pick<Host, 'kernel' | 'accountId' | 'region'>,
  trust: PolicyJson | undefined,
  roleArn: string,
  caller: Caller,
): boolean {
  const { accountId, region, kernel } = host;
  const keys = new ConditionKeys({ caller, resource: roleArn, region, accountId, nowMs: kernel.clock.now() });
  const request = { caller, action: 'sts:AssumeRole', resource: roleArn, keys };
  return trust !== undefined && resourceVerdict(cachedPolicy(trust, 'trust'), request) === 'self';
}

/** AWS's refusal of a service that a role does not trust. */
export function trustRefusal(caller: Caller, roleArn: string): AwsError {
  return accessDenied(caller, 'sts', 'sts:AssumeRole', roleArn, { kind: 'implicit', policy: 'resource-based policy' });
}
