import type { Action } from '../../../wire/service';
import { readContent } from '../content';
import { invalidParameter, invalidRequest } from '../faults';
import { checkToken } from '../new-secret';
import { addVersion } from '../new-version';
import type { SecretsManager } from '../secrets-manager';
import { CURRENT } from '../versions';

interface PutInput {
  readonly SecretId?: string;
  readonly ClientRequestToken?: string;
  readonly SecretString?: string;
  readonly SecretBinary?: unknown;
  readonly VersionStages?: readonly string[];
}

const LIMIT_STAGES = 20;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
export function putSecretValue(service: SecretsManager): Action<PutInput> {
  return {
    access: service.accessOn('PutSecretValue'),
    handle: async (input, { caller }) => {
      const secret = service.secret(input.SecretId);
      const content = readContent(input);
      if (!content) throw invalidRequest('You must provide either SecretString or SecretBinary.');
      const { VersionStages: stages = [CURRENT] } = input;
      if (stages.length < 1 || stages.length > LIMIT_STAGES) {
        throw invalidParameter(`VersionStages must have between 1 and ${LIMIT_STAGES} entries.`);
      }
      const token = checkToken(input.ClientRequestToken) ?? service.host.kernel.random.uuid();
      const changed = await addVersion(service, secret, content, token, stages, caller);
      return { ARN: secret.arn, Name: secret.name, VersionId: token, VersionStages: changed.versions[token]!.stages };
    },
  };
}
