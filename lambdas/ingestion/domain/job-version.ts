import type { DocumentVersion } from './document';
import { versionKeyOf } from './identity';
import type { Job } from './job';

/** The version that a job is about. */
export function versionOf({ tenant, path, source, sequence, contentHash, run }: Job): DocumentVersion {
  return { tenant, path, source, sequence, contentHash, versionKey: versionKeyOf(source, run) };
}
