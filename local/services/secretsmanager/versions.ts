/**
 * Owns the versions of a secret and where their staging labels stand. Pure: a secret in, a secret out.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
 *
 * Invariants
 * 1. A label stands at one version at most.
 * 2. Where AWSCURRENT leaves a version, AWSPREVIOUS comes.
 */
import type { Secret, SecretVersion } from './model';

export const CURRENT = 'AWSCURRENT';
export const PREVIOUS = 'AWSPREVIOUS';
export const PENDING = 'AWSPENDING';

/** Versions without a label go, the oldest first, beyond so many. */
const LIMIT_VERSIONS = 100;

/** The version that a label stands at. */
export function versionAt(secret: Secret, stage: string): SecretVersion | undefined {
  return Object.values(secret.versions).find(({ stages }) => stages.includes(stage));
}

/** The secret with one more version, or another content of one, which gets these labels. */
export function withVersion(secret: Secret, version: SecretVersion, stages: readonly string[], nowMs: number): Secret {
  const versions = { ...secret.versions, [version.id]: version };
  let changed: Secret = { ...secret, versions, changedAtMs: nowMs };
  for (const stage of stages) changed = withStage(changed, stage, version.id, nowMs);
  return { ...changed, versions: pruned(changed.versions) };
}

/** The secret with a label at another version, or, without one, at none. */
export function withStage(secret: Secret, stage: string, versionId: string | undefined, nowMs: number): Secret {
  const before = versionAt(secret, stage);
  if (before?.id === versionId) return secret;
  const versions = { ...secret.versions };
  const relabel = (id: string, change: (stages: readonly string[]) => readonly string[]) => {
    const version = versions[id];
    if (version) versions[id] = { ...version, stages: change(version.stages) };
  };
  if (before) relabel(before.id, (stages) => stages.filter((other) => other !== stage));
  if (versionId !== undefined) relabel(versionId, (stages) => [...stages, stage]);
  const moved = { ...secret, versions, changedAtMs: nowMs };
  return stage === CURRENT && before && versionId !== undefined ? withStage(moved, PREVIOUS, before.id, nowMs) : moved;
}

function pruned(versions: Readonly<Record<string, SecretVersion>>): Record<string, SecretVersion> {
  const unlabelled = Object.values(versions).filter(({ stages }) => stages.length === 0);
  const surplus = Math.max(0, Object.keys(versions).length - LIMIT_VERSIONS);
  const doomed = new Set(unlabelled.slice(0, surplus).map(({ id }) => id));
  return Object.fromEntries(Object.entries(versions).filter(([id]) => !doomed.has(id)));
}
