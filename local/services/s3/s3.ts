import { createHash } from 'node:crypto';
import type { CallContext, Caller } from '../../wire/caller';
import { ANONYMOUS } from '../../wire/caller';
import type { Host } from '../../wire/host';
import type { Access } from '../../wire/service';
import { ContentStore } from './content/content-store';
import { accessDenied, noSuchBucket } from './faults';
import { LifecycleRunner } from './lifecycle/lifecycle-runner';
import type { Bucket, ObjectVersion } from './model';
import { Notifier } from './notifications/notifier';
import { ObjectEncryption } from './object-encryption';
import { checkKey } from './object-key';
import { S3Store } from './store';

/** The bucket of a request, and its object. */
export interface ObjectInput {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
  readonly ExpectedBucketOwner?: string;
}

type Context = Record<string, string | string[]>;

/** What every action of S3 works with. */
export class S3 {
  readonly store: S3Store;
  readonly contents: ContentStore;
  readonly encryption: ObjectEncryption;
  readonly notifier: Notifier;
  readonly lifecycle: LifecycleRunner;
  /** The canonical user id of the account. */
  readonly ownerId: string;

  constructor(readonly host: Host) {
    this.contents = new ContentStore(host.journal);
    this.store = new S3Store(host.journal, this.contents);
    this.encryption = new ObjectEncryption(host);
    this.notifier = new Notifier(host);
    this.lifecycle = new LifecycleRunner(host, this.store, this.notifier);
    this.ownerId = createHash('sha256').update(`canonical user ${host.accountId}`).digest('hex');
  }

  /** The clock's time in whole seconds, which is all that S3 keeps. */
  now(): number {
    return Math.floor(this.host.kernel.clock.now() / 1000) * 1000;
  }

  /** An id of a version or an upload: 32 characters. */
  newId(): string {
    return this.host.kernel.random.bytes(24).toString('base64').replaceAll('+', '.').replaceAll('/', '_');
  }

  /** Throws NoSuchBucket, AccessDenied for a bucket of somebody else than expected. */
  bucket({ Bucket, ExpectedBucketOwner }: { Bucket?: string; ExpectedBucketOwner?: string }): Bucket {
    const bucket = this.store.bucket(Bucket ?? '');
    if (!bucket) throw noSuchBucket(Bucket ?? '');
    if (ExpectedBucketOwner !== undefined && ExpectedBucketOwner !== this.host.accountId) throw accessDenied();
    return bucket;
  }

  /** The access of an action on the bucket of a request. */
  onBucket<Input extends object>(action: string, context?: (input: Input) => Context) {
    return (input: Input, { caller }: CallContext): Access[] => {
      const { arn } = this.bucketFor(input, caller);
      return [{ action: `s3:${action}`, resource: arn, context: { ...this.contextOf(caller), ...context?.(input) } }];
    };
  }

  /** The access of an action on the object of a request; `ofVersion` is the action when the request names a version. */
  onObject<Input extends object>(action: string, ofVersion = action, context?: (input: Input) => Context) {
    return (input: Input, { caller }: CallContext): Access[] => [
      this.objectAccess(action, ofVersion, input as unknown as ObjectInput, caller, context?.(input)),
    ];
  }

  objectAccess(action: string, ofVersion: string, input: ObjectInput, caller: Caller, context?: Context): Access {
    const bucket = this.bucketFor(input, caller);
    const { VersionId } = input;
    const version = VersionId ? bucket.objects.version(input.Key, VersionId) : bucket.objects.latest(input.Key);
    return {
      action: `s3:${VersionId ? ofVersion : action}`,
      resource: `${bucket.arn}/${checkKey(input.Key)}`,
      context: {
        ...this.contextOf(caller),
        ...existingTags(version),
        ...(VersionId && { 's3:VersionId': VersionId }),
        ...context,
      },
    };
  }

  /** Throws AccessDenied unless the caller may see which keys a bucket has: only then is a missing one told. */
  checkMayList(bucket: Bucket, caller: Caller): void {
    this.check(bucket, caller, { action: 's3:ListBucket', resource: bucket.arn });
  }

  /** Throws AccessDenied unless the caller is allowed an access beyond those of the action. */
  check(bucket: Bucket, caller: Caller, access: Access): void {
    const context = { ...this.contextOf(caller), ...access.context };
    this.host.authorize(caller, 's3', { ...access, context }, bucket.settings.policy?.document);
  }

  /** Goes on with the lifecycle of what an earlier process left. */
  resume(): void {
    for (const bucket of this.store.buckets) this.lifecycle.changed(bucket);
  }

  async stop(): Promise<void> {
    this.lifecycle.stop();
    this.contents.stop();
  }

  private bucketFor(input: object, caller: Caller): Bucket {
    const bucket = this.bucket(input as ObjectInput);
    if (caller === ANONYMOUS && bucket.settings.publicAccessBlock?.RestrictPublicBuckets) throw accessDenied();
    return bucket;
  }

  private contextOf(caller: Caller): Context {
    return {
      's3:ResourceAccount': this.host.accountId,
      's3:TlsVersion': '1.3',
      ...(caller === ANONYMOUS && { 'aws:PrincipalIsAWSService': 'false', 'aws:SourceIp': '127.0.0.1' }),
    };
  }
}

function existingTags(version: ObjectVersion | undefined): Context {
  return Object.fromEntries((version?.tags ?? []).map(({ Key, Value }) => [`s3:ExistingObjectTag/${Key}`, Value]));
}
