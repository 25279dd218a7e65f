import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms';
import type { Sender } from '../../shared/aws/sender';
import type { TokenVault } from '../domain/token-vault';

/**
 * Seals task tokens with a symmetric key. The request's id is the encryption context, so that a ciphertext that is
 * moved to another row cannot be opened there.
 * https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
 */
export function createKmsTokenVault(client: Sender, keyArn: string): TokenVault {
  return {
    async seal(token, requestId) {
      const { CiphertextBlob } = await client.send(
        new EncryptCommand({ KeyId: keyArn, Plaintext: Buffer.from(token), EncryptionContext: { requestId } }),
      );
      return Buffer.from(CiphertextBlob).toString('base64');
    },
    async open(ciphertext, requestId) {
      const { Plaintext } = await client.send(
        new DecryptCommand({
          KeyId: keyArn,
          CiphertextBlob: Buffer.from(ciphertext, 'base64'),
          EncryptionContext: { requestId },
        }),
      );
      return Buffer.from(Plaintext).toString('utf8');
    },
  };
}
