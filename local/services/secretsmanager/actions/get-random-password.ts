import type { Action } from '../../../wire/service';
import { type PasswordRules, randomPassword } from '../random-password';
import type { SecretsManager } from '../secrets-manager';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
export function getRandomPassword(service: SecretsManager): Action<PasswordRules> {
  return {
    access: () => [{ action: 'secretsmanager:GetRandomPassword', resource: '*' }],
    handle: (input) => ({ RandomPassword: randomPassword(service.host.kernel.random, input) }),
  };
}
