import type { Random } from '../../../local/kernel/random';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A link id as one that was made, and is none. */
export function randomLinkId(random: Random): string {
  return random.bytes(24).toString('base64url');
}

/** Every link id that differs from one in a single bit of its 24 bytes. */
export function bitFlips(linkId: string): string[] {
  const bytes = Buffer.from(linkId, 'base64url');
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    return flipped.toString('base64url');
  });
}

/** A link id with each of its characters left out, doubled, in the other case, or another one: never the id itself. */
export function characterChanges(linkId: string): string[] {
  const changed = [...linkId].flatMap((character, index) => {
    const around = (middle: string) => linkId.slice(0, index) + middle + linkId.slice(index + 1);
    const otherCase = character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase();
    const next = ALPHABET[(ALPHABET.indexOf(character) + 1) % ALPHABET.length]!;
    return [around(''), around(character + character), around(otherCase), around(next)];
  });
  return [...new Set(changed)].filter((candidate) => candidate !== linkId);
}

/** What else is tried, as one segment of a path: guesses, encodings, traversal, injections. */
export function guesses(linkId: string): string[] {
  const reversed = [...linkId].reverse().join('');
  return [
    ...['0', 'a', 'admin', 'null', 'undefined', 'index.html', '1', '__proto__', 'constructor', '.env', 'robots.txt'],
    ...[
      reversed,
      linkId + linkId,
      `${linkId}=`,
      `${linkId}==`,
      `${linkId}.`,
      `${linkId}~`,
      `~${linkId}`,
      `${linkId};x=1`,
    ],
    ...[
      `${linkId}%00`,
      `${linkId}%20`,
      `%20${linkId}`,
      `${linkId}%0d%0aSet-Cookie:%20a=b`,
      `${linkId}%2f`,
      `${linkId}%2F..`,
    ],
    ...[
      `%2e%2e%2f${linkId}`,
      '..%2f..%2fetc%2fpasswd',
      '%252e%252e',
      `%25${linkId}`,
      '%',
      '%zz',
      '%E0%A4%A',
      '%c0%ae',
      '%ff',
    ],
    ...[
      "'%20OR%201=1--",
      '%22%3E%3Cscript%3E',
      '${jndi:ldap:x}',
      '{{7*7}}',
      '*',
      '+',
      '$',
      '@',
      '!',
      ':',
      ',',
      '(',
      '[x]',
    ],
    ...[`link%23${linkId}`, `request%23${linkId}`, linkId.replace(/./, '%2A'), `${linkId}%E2%80%8B`, '%F0%9F%98%80'],
    ...['x'.repeat(200), 'x'.repeat(201), linkId.padEnd(200, 'A'), linkId.padEnd(10_240, 'A'), 'x'.repeat(10_240)],
  ];
}
