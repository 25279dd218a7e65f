import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Sender } from '../../shared/aws/sender';
import type { Clock } from '../../shared/clock';
import type { WebhookSecrets } from '../domain/webhook';

/** How long secrets are kept before they are read anew. */
const KEPT_MS = 60_000;

/**
 * The current and the previous version of a secret of Secrets Manager: after a rotation both are live, so that a receiver
 * may change its own before or after it. Never shows a secret in an error.
 */
export function createSecretVersions(props: { client: Sender; secretId: string; clock: Clock }): WebhookSecrets {
  const { client, secretId, clock } = props;
  let kept: { readonly values: readonly string[]; readonly untilMs: number } | undefined;

  async function refresh(): Promise<readonly string[]> {
    const [current, previous] = await Promise.all([read('AWSCURRENT'), read('AWSPREVIOUS')]);
    if (current === undefined) throw new Error(`The secret ${secretId} has no value: put one into it.`);
    const values = [current, ...(previous !== undefined && previous !== current ? [previous] : [])];
    kept = { values, untilMs: clock.now() + KEPT_MS };
    return values;
  }

  async function read(VersionStage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<string | undefined> {
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId, VersionStage }));
      return SecretString?.trim() || undefined;
    } catch (error) {
      if ((error as Error).name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  }

  return { refresh, live: async () => (kept && clock.now() < kept.untilMs ? kept.values : refresh()) };
}
