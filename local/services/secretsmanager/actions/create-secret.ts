import type { Action } from '../../../wire/service';
import { addSecret, type SecretInput } from '../new-secret';
import type { SecretsManager } from '../secrets-manager';
import { CURRENT, versionAt } from '../versions';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export function createSecret(service: SecretsManager): Action<SecretInput> {
  return {
    access: ({ Name = '', Tags }) => [
      service.access('CreateSecret', Name, { 'secretsmanager:Name': Name }),
      ...(Tags?.length ? [service.access('TagResource', Name)] : []),
    ],
    handle: async (input, { caller }) => {
      const secret = await addSecret(service, input, caller);
      return { ARN: secret.arn, Name: secret.name, VersionId: versionAt(secret, CURRENT)?.id };
    },
  };
}
