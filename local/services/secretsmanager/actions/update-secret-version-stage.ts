import type { Action } from '../../../wire/service';
import { invalidParameter, secretNotFound } from '../faults';
import type { SecretsManager } from '../secrets-manager';
import { versionAt, withStage } from '../versions';

interface StageInput {
  readonly SecretId?: string;
  readonly VersionStage?: string;
  readonly RemoveFromVersionId?: string;
  readonly MoveToVersionId?: string;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html */
export function updateSecretVersionStage(service: SecretsManager): Action<StageInput> {
  return {
    access: ({ SecretId = '', VersionStage = '' }) => [
      service.access('UpdateSecretVersionStage', SecretId, { 'secretsmanager:VersionStage': VersionStage }),
    ],
    handle: ({ SecretId, VersionStage: stage, RemoveFromVersionId: from, MoveToVersionId: to }) => {
      const secret = service.secret(SecretId);
      if (!stage) throw invalidParameter('You must provide a value for the VersionStage parameter.');
      for (const id of [from, to]) if (id !== undefined && !secret.versions[id]) throw secretNotFound();
      const holder = versionAt(secret, stage);
      if (holder && holder.id !== to && from === undefined) {
        throw invalidParameter(
          `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ` +
            `${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
        );
      }
      if (from !== undefined && holder?.id !== from) {
        throw invalidParameter(
          `When you move staging label ${stage}, if you specify RemoveFromVersionId, it must be set to the version that ` +
            `currently has the staging label ${stage}.`,
        );
      }
      if (stage === 'AWSCURRENT' && to === undefined) {
        throw invalidParameter('You can only move staging label AWSCURRENT to a different secret version.');
      }
      service.store.put(withStage(secret, stage, to, service.now()));
      return { ARN: secret.arn, Name: secret.name };
    },
  };
}
