import type { Random } from '../../kernel/random';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * A unique id of an IAM entity: `AROA` for roles, `ANPA` for managed policies, and 17 characters.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function uniqueId(prefix: 'AROA' | 'ANPA', random: Random): string {
  return prefix + Array.from({ length: 17 }, () => ALPHABET[Math.floor(random.next() * ALPHABET.length)]).join('');
}
