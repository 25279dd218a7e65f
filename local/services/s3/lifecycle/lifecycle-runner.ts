/**
 * Owns the expiry of objects, of versions that are no longer current, of delete markers with nothing behind them and of uploads that were
 * never completed. Rules are applied at midnight UTC, as on AWS; the clock is asked for a midnight only while a rule has something to look at.
 */
import type { Timer } from '../../../kernel/clock';
import type { Host } from '../../../wire/host';
import type { Bucket, LifecycleRule, ObjectVersion } from '../model';
import type { Notifier } from '../notifications/notifier';
import { deleteLatest } from '../object-removal';
import type { S3Store } from '../store';
import { dueAtMs, expiresAtMs, matches, nextRunMs } from './rule-match';

export class LifecycleRunner {
  private timer: Timer | undefined;

  constructor(
    private readonly host: Host,
    private readonly store: S3Store,
    private readonly notifier: Notifier,
  ) {}

  /** To be called when a bucket has new rules, or has got something that they may mean. */
  changed(bucket: Bucket): void {
    if (!this.timer && isActive(bucket)) this.plan();
  }

  stop(): void {
    this.timer?.cancel();
    this.timer = undefined;
  }

  private plan(): void {
    const { clock } = this.host.kernel;
    this.timer = clock.schedule(nextRunMs(clock.now()), () => this.run());
  }

  private run(): void {
    this.timer = undefined;
    for (const bucket of this.store.buckets) {
      if (isActive(bucket)) this.apply(bucket, this.host.kernel.clock.now());
    }
    if (this.store.buckets.some(hasPending)) this.plan();
  }

  private apply(bucket: Bucket, nowMs: number): void {
    for (const rule of bucket.settings.lifecycle ?? []) {
      if (rule.Status !== 'Enabled') continue;
      for (const key of [...bucket.objects.keys]) {
        this.expireNoncurrent(bucket, rule, bucket.objects.versions(key), nowMs);
        this.expireLatest(bucket, rule, key, nowMs);
      }
      this.abortUploads(bucket, rule, nowMs);
    }
  }

  private expireLatest(bucket: Bucket, rule: LifecycleRule, key: string, nowMs: number): void {
    const latest = bucket.objects.latest(key);
    if (!latest) return;
    const dueMs = expiresAtMs(rule, latest);
    if (dueMs !== undefined && dueMs <= nowMs) {
      const newId = () => this.host.kernel.random.bytes(16).toString('hex');
      const { marker, removed } = deleteLatest(bucket, key, nowMs, newId);
      this.tell(bucket, marker ?? removed!, marker ? 'DeleteMarkerCreated' : 'Delete');
      return;
    }
    const isLonely = latest.isDeleteMarker && bucket.objects.versions(key).length === 1;
    const { ExpiredObjectDeleteMarker, Days } = rule.Expiration ?? {};
    const isOld = Days !== undefined && dueAtMs(latest.modifiedAtMs, Number(Days)) <= nowMs;
    if (isLonely && (String(ExpiredObjectDeleteMarker) === 'true' || isOld) && matches(rule, latest)) {
      bucket.objects.remove(key, latest.versionId);
      this.tell(bucket, latest, 'Delete');
    }
  }

  private expireNoncurrent(
    bucket: Bucket,
    rule: LifecycleRule,
    versions: readonly ObjectVersion[],
    nowMs: number,
  ): void {
    const { NoncurrentDays, NewerNoncurrentVersions = 0 } = rule.NoncurrentVersionExpiration ?? {};
    if (NoncurrentDays === undefined) return;
    const due = versions
      .slice(1 + Number(NewerNoncurrentVersions))
      .filter(
        (version) =>
          matches(rule, version) && dueAtMs(version.noncurrentSinceMs ?? nowMs, Number(NoncurrentDays)) <= nowMs,
      );
    for (const version of due) {
      bucket.objects.remove(version.key, version.versionId);
      this.tell(bucket, version, 'Delete');
    }
  }

  private abortUploads(bucket: Bucket, rule: LifecycleRule, nowMs: number): void {
    const days = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation;
    if (days === undefined) return;
    const prefix = rule.Filter?.And?.Prefix ?? rule.Filter?.Prefix ?? rule.Prefix ?? '';
    for (const upload of [...bucket.uploads.values()]) {
      const isDue = dueAtMs(upload.startedAtMs, Number(days)) <= nowMs;
      if (isDue && upload.key.startsWith(prefix)) this.store.removeUpload(bucket, upload);
    }
  }

  private tell(bucket: Bucket, version: ObjectVersion, kind: 'Delete' | 'DeleteMarkerCreated'): void {
    const { key, versionId, etag } = version;
    this.notifier.tell({
      name: `LifecycleExpiration:${kind}`,
      bucket,
      key,
      etag: etag || undefined,
      versionId: bucket.settings.versioning && versionId,
      reason: 'Lifecycle Expiration',
    });
  }
}

function isActive({ settings, objects, uploads }: Bucket): boolean {
  const hasRule = settings.lifecycle?.some((rule) => rule.Status === 'Enabled') ?? false;
  return hasRule && (!objects.isEmpty || uploads.size > 0);
}

/** Whether a rule will ever do something to what the bucket has now. */
function hasPending(bucket: Bucket): boolean {
  const { objects, uploads, settings } = bucket;
  const enabled = (settings.lifecycle ?? []).filter((rule) => rule.Status === 'Enabled');
  return enabled.some(
    (rule) =>
      (rule.AbortIncompleteMultipartUpload !== undefined && uploads.size > 0) ||
      objects.keys.some((key) => {
        const versions = objects.versions(key);
        const [latest] = versions;
        if (versions.length > 1 && rule.NoncurrentVersionExpiration) return true;
        return latest!.isDeleteMarker ? rule.Expiration !== undefined : expiresAtMs(rule, latest!) !== undefined;
      }),
  );
}
