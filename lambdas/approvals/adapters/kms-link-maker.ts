import { GenerateMacCommand } from '@aws-sdk/client-kms';
import type { Sender } from '../../shared/aws/sender';
import type { LinkMaker } from '../domain/link';

/** 24 bytes: 192 bits that nobody guesses, 32 characters in a URL. */
const LINK_BYTES = 24;

/**
 * Makes links and codes from an HMAC key that never leaves KMS: the same again for a retry or a reminder, with
 * nothing secret stored. https://docs.aws.amazon.com/kms/latest/developerguide/hmac.html
 */
export function createKmsLinkMaker(client: Sender, keyArn: string): LinkMaker {
  const mac = async (message: string): Promise<Buffer> => {
    const { Mac } = await client.send(
      new GenerateMacCommand({ KeyId: keyArn, MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from(message) }),
    );
    return Buffer.from(Mac);
  };

  return {
    async make({ requestId, person, generation }) {
      const subject = `${requestId}\n${person}\n${generation}`;
      const [link, code] = await Promise.all([mac(`link\n${subject}`), mac(`code\n${subject}`)]);
      return {
        linkId: link.subarray(0, LINK_BYTES).toString('base64url'),
        code: String(code.readUIntBE(0, 6) % 1_000_000).padStart(6, '0'),
      };
    },
  };
}
