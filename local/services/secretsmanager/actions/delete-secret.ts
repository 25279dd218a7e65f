import type { Action } from '../../../wire/service';
import { invalidParameter, markedForDeletion } from '../faults';
import type { SecretsManager } from '../secrets-manager';

interface DeleteInput {
  readonly SecretId?: string;
  readonly RecoveryWindowInDays?: number;
  readonly ForceDeleteWithoutRecovery?: boolean;
}

const DAY_MS = 86_400_000;
const STANDARD_DAYS = 30;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
export function deleteSecret(service: SecretsManager): Action<DeleteInput> {
  return {
    access: service.accessOn('DeleteSecret'),
    handle: ({ SecretId, RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: isForced = false }) => {
      if (isForced && days !== undefined) {
        throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
      }
      if (days !== undefined && !(Number.isInteger(days) && days >= 7 && days <= 30)) {
        throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
      }
      const nowMs = service.now();
      // Whoever deletes without recovery does not mind that it is gone already.
      if (isForced && SecretId && !service.store.find(SecretId)) {
        return { ARN: undefined, Name: SecretId, DeletionDate: nowMs / 1000 };
      }
      const secret = service.anySecret(SecretId);
      if (isForced) {
        service.store.remove(secret);
        return { ARN: secret.arn, Name: secret.name, DeletionDate: nowMs / 1000 };
      }
      if (secret.goneAtMs !== undefined) throw markedForDeletion();
      const goneAtMs = nowMs + (days ?? STANDARD_DAYS) * DAY_MS;
      const deleted = { ...secret, goneAtMs };
      service.store.put(deleted);
      service.planRemoval(deleted);
      return { ARN: secret.arn, Name: secret.name, DeletionDate: goneAtMs / 1000 };
    },
  };
}
