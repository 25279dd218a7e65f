import { createHash } from 'node:crypto';
import type { Random } from '../../kernel/random';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const RANDOM_LENGTH = 12;
const CHECK_LENGTH = 4;

/**
 * An access key id of temporary credentials: `ASIA`, twelve random characters, and four that follow from them. By those a
 * key that was made here is known again after its session is forgotten, and is refused instead of standing for whoever
 * sits at the keyboard.
 */
export function newAccessKeyId(random: Random): string {
  const letters = Array.from(
    { length: RANDOM_LENGTH },
    () => ALPHABET[Math.floor(random.next() * ALPHABET.length)],
  ).join('');
  return `ASIA${letters}${checkOf(letters)}`;
}

/** Whether an access key id was made here, by this process or another. */
export function isOwnAccessKeyId(accessKeyId: string): boolean {
  if (!accessKeyId.startsWith('ASIA') || accessKeyId.length !== 4 + RANDOM_LENGTH + CHECK_LENGTH) return false;
  return checkOf(accessKeyId.slice(4, 4 + RANDOM_LENGTH)) === accessKeyId.slice(-CHECK_LENGTH);
}

function checkOf(letters: string): string {
  const digest = createHash('sha256').update(`stepwright ${letters}`).digest();
  return Array.from({ length: CHECK_LENGTH }, (_, index) => ALPHABET[digest[index]! % ALPHABET.length]).join('');
}
