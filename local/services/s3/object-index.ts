import { indexOfKey } from './key-order';
import type { ObjectVersion, Tag } from './object-model';

/** Is told of every version that comes, changes or goes. */
export interface VersionKeeper {
  put(version: ObjectVersion): void;
  delete(version: ObjectVersion): void;
}

/**
 * The versions of a bucket's objects, keys in order. Retains the bytes of what it holds and releases those of what it
 * gives up.
 */
export class ObjectIndex {
  /** Keys that have any version, in order. */
  readonly keys: string[] = [];
  private readonly byKey = new Map<string, ObjectVersion[]>();

  constructor(private readonly keeper: VersionKeeper) {}

  get isEmpty(): boolean {
    return this.keys.length === 0;
  }

  /** The latest first. */
  versions(key: string): readonly ObjectVersion[] {
    return this.byKey.get(key) ?? [];
  }

  /** The latest version, be it a delete marker. */
  latest(key: string): ObjectVersion | undefined {
    return this.byKey.get(key)?.[0];
  }

  version(key: string, versionId: string): ObjectVersion | undefined {
    return this.byKey.get(key)?.find((version) => version.versionId === versionId);
  }

  /** Makes a version the latest; one of the same id (`null`) gives way. */
  put(version: ObjectVersion): void {
    version.blob.retain();
    this.remove(version.key, version.versionId);
    const before = this.latest(version.key);
    if (before) {
      before.noncurrentSinceMs ??= version.modifiedAtMs;
      this.keeper.put(before);
    }
    this.keeper.put(version);
    this.insert(version);
  }

  /** Takes up a version that an earlier process left; the oldest of a key comes first. */
  restore(version: ObjectVersion): void {
    version.blob.retain();
    this.insert(version);
  }

  setTags(version: ObjectVersion, tags: readonly Tag[]): void {
    version.tags = tags;
    this.keeper.put(version);
  }

  /** Takes one version away for good; the one before it becomes the latest. */
  remove(key: string, versionId: string): ObjectVersion | undefined {
    const versions = this.byKey.get(key);
    const index = versions?.findIndex((version) => version.versionId === versionId) ?? -1;
    if (!versions || index < 0) return undefined;
    const [removed] = versions.splice(index, 1);
    this.keeper.delete(removed!);
    if (versions.length > 0) {
      versions[0]!.noncurrentSinceMs = undefined;
      this.keeper.put(versions[0]!);
    } else {
      this.byKey.delete(key);
      this.keys.splice(indexOfKey(this.keys, key), 1);
    }
    removed!.blob.release();
    return removed;
  }

  private insert(version: ObjectVersion): void {
    const versions = this.byKey.get(version.key);
    if (versions) versions.unshift(version);
    else {
      this.byKey.set(version.key, [version]);
      this.keys.splice(indexOfKey(this.keys, version.key), 0, version.key);
    }
  }
}
