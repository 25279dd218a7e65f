import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { batchGetSecretValue } from './actions/batch-get-secret-value';
import { createSecret } from './actions/create-secret';
import { deleteSecret } from './actions/delete-secret';
import { describeSecretAction, listSecrets, listSecretVersionIds } from './actions/describe-secret';
import { getRandomPassword } from './actions/get-random-password';
import { getSecretValue } from './actions/get-secret-value';
import { putSecretValue } from './actions/put-secret-value';
import {
  deleteResourcePolicy,
  getResourcePolicy,
  putResourcePolicy,
  validateResourcePolicy,
} from './actions/resource-policy';
import { restoreSecret } from './actions/restore-secret';
import { cancelRotateSecret, rotateSecret } from './actions/rotate-secret';
import { tagResource, untagResource } from './actions/tag-resource';
import { updateSecret } from './actions/update-secret';
import { updateSecretVersionStage } from './actions/update-secret-version-stage';
import { resourcePolicyResource } from './resources/resource-policy';
import { rotationScheduleResource } from './resources/rotation-schedule';
import { secretResource } from './resources/secret';
import { SecretsManager } from './secrets-manager';

/** Secrets Manager. See README.md for what differs from AWS. */
export function createSecretsManagerService(host: Host): Service {
  const service = new SecretsManager(host);
  return {
    name: 'secretsmanager',
    protocols: [{ kind: 'json', version: '1.1', target: 'secretsmanager' }],
    actions: {
      BatchGetSecretValue: batchGetSecretValue(service),
      CancelRotateSecret: cancelRotateSecret(service),
      CreateSecret: createSecret(service),
      DeleteResourcePolicy: deleteResourcePolicy(service),
      DeleteSecret: deleteSecret(service),
      DescribeSecret: describeSecretAction(service),
      GetRandomPassword: getRandomPassword(service),
      GetResourcePolicy: getResourcePolicy(service),
      GetSecretValue: getSecretValue(service),
      ListSecretVersionIds: listSecretVersionIds(service),
      ListSecrets: listSecrets(service),
      PutResourcePolicy: putResourcePolicy(service),
      PutSecretValue: putSecretValue(service),
      RestoreSecret: restoreSecret(service),
      RotateSecret: rotateSecret(service),
      TagResource: tagResource(service),
      UntagResource: untagResource(service),
      UpdateSecret: updateSecret(service),
      UpdateSecretVersionStage: updateSecretVersionStage(service),
      ValidateResourcePolicy: validateResourcePolicy(service),
    },
    resources: [secretResource(service), resourcePolicyResource(service), rotationScheduleResource(service)],
    resourcePolicy: (arn) => service.store.policyOf(arn),
    resume: () => service.resume(),
    stop: async () => service.stop(),
  };
}
