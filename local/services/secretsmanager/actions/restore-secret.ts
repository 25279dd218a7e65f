import type { Action } from '../../../wire/service';
import type { SecretsManager } from '../secrets-manager';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RestoreSecret.html */
export function restoreSecret(service: SecretsManager): Action<{ SecretId?: string }> {
  return {
    access: service.accessOn('RestoreSecret'),
    handle: ({ SecretId }) => {
      const { goneAtMs: _gone, ...secret } = service.anySecret(SecretId);
      service.store.put(secret);
      service.planRemoval(secret);
      return { ARN: secret.arn, Name: secret.name };
    },
  };
}
