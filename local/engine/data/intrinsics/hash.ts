import { createHash } from 'node:crypto';
import { type Intrinsic, IntrinsicRefusal, stringArgument } from './intrinsic';

const ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** `States.Hash(data, algorithm)`: in hexadecimal; data other than a string is hashed as its JSON text. */
export const hash: Intrinsic = {
  name: 'States.Hash',
  arity: [2, 2],
  apply: (args) => {
    const data = typeof args[0] === 'string' ? args[0] : JSON.stringify(args[0]);
    const algorithm = stringArgument(args, 1);
    if (!Object.hasOwn(ALGORITHMS, algorithm)) {
      throw new IntrinsicRefusal(`unknown algorithm '${algorithm}': use MD5, SHA-1, SHA-256, SHA-384 or SHA-512`);
    }
    if (data.length > 10_000) throw new IntrinsicRefusal('the data must have at most 10000 characters');
    return createHash(ALGORITHMS[algorithm]!).update(data, 'utf8').digest('hex');
  },
};
