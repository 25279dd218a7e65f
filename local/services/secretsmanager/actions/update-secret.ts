import type { Action } from '../../../wire/service';
import { readContent } from '../content';
import { checkToken } from '../new-secret';
import { addVersion } from '../new-version';
import type { SecretsManager } from '../secrets-manager';
import { CURRENT } from '../versions';

interface UpdateInput {
  readonly SecretId?: string;
  readonly ClientRequestToken?: string;
  readonly Description?: string;
  readonly KmsKeyId?: string;
  readonly SecretString?: string;
  readonly SecretBinary?: unknown;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html */
export function updateSecret(service: SecretsManager): Action<UpdateInput> {
  return {
    access: service.accessOn('UpdateSecret'),
    handle: async (input, { caller }) => {
      const before = service.secret(input.SecretId);
      const content = readContent(input);
      const token = checkToken(input.ClientRequestToken) ?? service.host.kernel.random.uuid();
      const secret = {
        ...before,
        description: input.Description ?? before.description,
        kmsKeyId: input.KmsKeyId === undefined ? before.kmsKeyId : input.KmsKeyId || undefined,
        changedAtMs: service.now(),
      };
      service.store.put(secret);
      if (content) await addVersion(service, secret, content, token, [CURRENT], caller);
      return { ARN: secret.arn, Name: secret.name, VersionId: content && token };
    },
  };
}
