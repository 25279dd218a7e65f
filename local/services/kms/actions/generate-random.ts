import type { Action } from '../../../wire/service';
import { accountAccess } from '../key-access';
import type { Kms } from '../kms';
import { checkByteCount } from './generate-data-key';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html */
export function generateRandom(kms: Kms): Action<{ NumberOfBytes?: number }> {
  return {
    access: (_, call) => [accountAccess('GenerateRandom', call)],
    handle: ({ NumberOfBytes }) => ({
      Plaintext: kms.host.kernel.random.bytes(checkByteCount(NumberOfBytes)).toString('base64'),
    }),
  };
}
