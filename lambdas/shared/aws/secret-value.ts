import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Sender } from './sender';

/**
 * Reads a secret once and keeps it for as long as the execution environment lives; a failed read is tried again. The
 * secret is the text itself, or a JSON object in which it stands under `member`. Throws an Error that never shows the
 * secret.
 */
export function createSecretValue(client: Sender, secretId: string, member: string): () => Promise<string> {
  let kept: Promise<string> | undefined;
  return () => {
    kept ??= read().catch((error) => {
      kept = undefined;
      throw error;
    });
    return kept;
  };

  async function read(): Promise<string> {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    const value = textOf(SecretString?.trim() ?? '', member);
    if (typeof value === 'string' && value !== '') return value;
    throw new Error(
      `The secret ${secretId} has no text under "${member}"; store the key as text or as {"${member}": "…"}.`,
    );
  }
}

function textOf(secret: string, member: string): unknown {
  if (!secret.startsWith('{')) return secret;
  try {
    return JSON.parse(secret)[member];
  } catch {
    // The parser's message quotes what it read.
    return undefined;
  }
}
