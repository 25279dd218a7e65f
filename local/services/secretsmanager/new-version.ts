import type { Caller } from '../../wire/caller';
import { isSameContent } from './content';
import { tokenInUse } from './faults';
import type { Content, Secret } from './model';
import { dataKeyFor } from './secret-encryption';
import type { SecretsManager } from './secrets-manager';
import { withStage, withVersion } from './versions';

/**
 * Gives a secret one more version with these labels; the same content under the same token is the version that is there. Throws
 * ResourceExistsException for a token of another content, and what KMS refuses.
 */
export async function addVersion(
  service: SecretsManager,
  { arn }: Secret,
  content: Content,
  token: string,
  stages: readonly string[],
  caller: Caller,
): Promise<Secret> {
  const dataKey = await dataKeyFor(service.host, service.secret(arn), token, caller);
  const secret = service.secret(arn);
  const nowMs = service.now();
  const present = secret.versions[token];
  const isFilled = present !== undefined && (present.text !== undefined || present.binary !== undefined);
  if (isFilled && !isSameContent(present, content)) throw tokenInUse(token, arn);
  const version = { id: token, createdAtMs: nowMs, ...content, stages: present?.stages ?? [], dataKey };
  const changed = isFilled
    ? stages.reduce((labelled, stage) => withStage(labelled, stage, token, nowMs), secret)
    : withVersion(secret, version, stages, nowMs);
  service.store.put(changed);
  return changed;
}
