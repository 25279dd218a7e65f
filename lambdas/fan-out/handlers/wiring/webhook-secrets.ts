import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientSettings } from '../../../shared/aws/client-settings';
import { systemClock } from '../../../shared/clock';
import { requireVariable } from '../../../shared/environment';
import { createSecretVersions } from '../../adapters/secret-versions';

/** The live versions of the secret that WEBHOOK_SECRET_ARN names. */
export const webhookSecrets = () =>
  createSecretVersions({
    client: new SecretsManagerClient(clientSettings()),
    secretId: requireVariable('WEBHOOK_SECRET_ARN'),
    clock: systemClock,
  });
