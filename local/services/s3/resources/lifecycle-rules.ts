import { checkLifecycle } from '../actions/bucket-lifecycle';
import type { LifecycleRule } from '../model';
import type { S3 } from '../s3';

const TRANSITIONS = ['Transition', 'Transitions', 'NoncurrentVersionTransition', 'NoncurrentVersionTransitions'];

/**
 * Rules as templates write them, as the API has them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-rule.html
 */
export function lifecycleOf(
  s3: S3,
  configuration: { readonly Rules?: readonly Record<string, any>[] } | undefined,
): readonly LifecycleRule[] | undefined {
  if (!configuration) return undefined;
  return checkLifecycle(s3, (configuration.Rules ?? []).map(ruleOf));
}

function ruleOf(rule: Record<string, any>): LifecycleRule {
  const { ExpirationInDays: Days, ExpirationDate, ExpiredObjectDeleteMarker } = rule;
  const hasExpiration = [Days, ExpirationDate, ExpiredObjectDeleteMarker].some((value) => value !== undefined);
  const noncurrentDays = rule.NoncurrentVersionExpirationInDays;
  return {
    ID: rule.Id,
    Status: rule.Status,
    Filter: {
      Prefix: rule.Prefix,
      Tags: rule.TagFilters,
      ObjectSizeGreaterThan: rule.ObjectSizeGreaterThan,
      ObjectSizeLessThan: rule.ObjectSizeLessThan,
    },
    Expiration: hasExpiration ? { Days, Date: ExpirationDate, ExpiredObjectDeleteMarker } : undefined,
    NoncurrentVersionExpiration:
      rule.NoncurrentVersionExpiration ?? (noncurrentDays && { NoncurrentDays: noncurrentDays }),
    AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload,
    Transitions: TRANSITIONS.some((name) => rule[name] !== undefined) ? [] : undefined,
  };
}
