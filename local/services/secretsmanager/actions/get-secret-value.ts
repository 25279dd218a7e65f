import type { Caller } from '../../../wire/caller';
import type { Action } from '../../../wire/service';
import { describeValue } from '../describe';
import { invalidParameter, invalidRequest, valueNotFound } from '../faults';
import type { Secret, SecretVersion } from '../model';
import { openVersion } from '../secret-encryption';
import type { SecretsManager } from '../secrets-manager';
import { CURRENT, versionAt } from '../versions';

interface GetInput {
  readonly SecretId?: string;
  readonly VersionId?: string;
  readonly VersionStage?: string;
}

const DAY_MS = 86_400_000;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
export function getSecretValue(service: SecretsManager): Action<GetInput> {
  return {
    access: ({ SecretId = '', VersionStage = CURRENT, VersionId }) => [
      service.access('GetSecretValue', SecretId, {
        'secretsmanager:VersionStage': VersionStage,
        ...(VersionId !== undefined && { 'secretsmanager:VersionId': VersionId }),
      }),
    ],
    handle: (input, { caller }) => {
      const secret = service.secret(input.SecretId);
      return readValue(service, secret, versionOf(secret, input), caller);
    },
  };
}

/** A version as its reader gets it; rejects unless the reader may decrypt it. */
export async function readValue(service: SecretsManager, secret: Secret, version: SecretVersion, caller: Caller) {
  await openVersion(service.host, secret, version, caller);
  markAccess(service, secret.arn, version.id);
  return describeValue(secret, version);
}

function versionOf(secret: Secret, { VersionId: id, VersionStage: stage }: GetInput): SecretVersion {
  if (id !== undefined && (id.length < 32 || id.length > 64)) {
    throw invalidParameter('VersionId must be 32-64 characters long.');
  }
  const version = id === undefined ? versionAt(secret, stage ?? CURRENT) : secret.versions[id];
  const isFilled = version && (version.text !== undefined || version.binary !== undefined);
  if (!version || !isFilled) {
    throw valueNotFound(id === undefined ? `staging label: ${stage ?? CURRENT}` : `VersionId: ${id}`);
  }
  if (id !== undefined && stage !== undefined && !version.stages.includes(stage)) {
    throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.');
  }
  return version;
}

/** Secrets Manager remembers the day alone. */
function markAccess({ store, host }: SecretsManager, arn: string, versionId: string): void {
  const secret = store.find(arn);
  const version = secret?.versions[versionId];
  const accessedDayMs = Math.floor(host.kernel.clock.now() / DAY_MS) * DAY_MS;
  if (!secret || !version || version.accessedDayMs === accessedDayMs) return;
  const versions = { ...secret.versions, [versionId]: { ...version, accessedDayMs } };
  store.put({ ...secret, accessedDayMs, versions });
}
