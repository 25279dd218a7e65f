import { createHash } from 'node:crypto';

const ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** `$hash(text[, algorithm])`: in hexadecimal; SHA-256 unless told otherwise. */
export function hash(text: string | undefined, algorithm = 'SHA-256'): string | undefined {
  if (text === undefined) return undefined;
  if (!Object.hasOwn(ALGORITHMS, algorithm)) {
    throw new Error(`unknown algorithm '${algorithm}': use MD5, SHA-1, SHA-256, SHA-384 or SHA-512`);
  }
  return createHash(ALGORITHMS[algorithm]!).update(text, 'utf8').digest('hex');
}
