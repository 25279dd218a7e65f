/** Which objects a lifecycle rule means, and when they are due. */
import type { LifecycleRule, ObjectVersion } from '../model';

const DAY_MS = 24 * 3600 * 1000;

/** Midnight UTC after `days` days: rules count whole days. https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html */
export function dueAtMs(sinceMs: number, days: number): number {
  return Math.ceil((sinceMs + days * DAY_MS) / DAY_MS) * DAY_MS;
}

/** The next midnight UTC, when rules are applied. */
export function nextRunMs(nowMs: number): number {
  return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;
}

/** Whether the filter of a rule that is switched on takes a version. */
export function matches(rule: LifecycleRule, version: Pick<ObjectVersion, 'key' | 'tags' | 'blob'>): boolean {
  if (rule.Status !== 'Enabled') return false;
  const filter = { ...rule.Filter, ...rule.Filter?.And };
  const wantedTags = [...(filter.Tags ?? []), ...(filter.Tag ? [filter.Tag] : [])];
  const { sizeBytes } = version.blob;
  return (
    version.key.startsWith(filter.Prefix ?? rule.Prefix ?? '') &&
    wantedTags.every(({ Key, Value }) => version.tags.some((tag) => tag.Key === Key && tag.Value === Value)) &&
    sizeBytes > (filter.ObjectSizeGreaterThan ?? -1) &&
    sizeBytes < (filter.ObjectSizeLessThan ?? Number.POSITIVE_INFINITY)
  );
}

/** When the current version of an object expires under a rule; undefined when it does not. */
export function expiresAtMs(rule: LifecycleRule, version: ObjectVersion): number | undefined {
  const { Days, Date: date } = rule.Expiration ?? {};
  if (version.isDeleteMarker || !matches(rule, version)) return undefined;
  if (Days !== undefined) return dueAtMs(version.modifiedAtMs, Number(Days));
  return date === undefined ? undefined : new Date(date).getTime();
}

/** The earliest expiry of a current version, and the rule's id. */
export function expirationOf(
  rules: readonly LifecycleRule[] | undefined,
  version: ObjectVersion,
): { atMs: number; ruleId: string } | undefined {
  let first: { atMs: number; ruleId: string } | undefined;
  for (const rule of rules ?? []) {
    const atMs = expiresAtMs(rule, version);
    if (atMs !== undefined && (!first || atMs < first.atMs)) first = { atMs, ruleId: rule.ID ?? '' };
  }
  return first;
}
