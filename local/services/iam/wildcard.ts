/** Stand for a literal `*` and `?` in a pattern, such as one that came out of a policy variable. */
export const LITERAL_STAR = '\uE000';
export const LITERAL_QUESTION = '\uE001';

/** Text as a pattern that matches nothing but itself. */
export function literal(text: string): string {
  return text.replaceAll('*', LITERAL_STAR).replaceAll('?', LITERAL_QUESTION);
}

/** A pattern without wildcards as the text that it matches. */
export function plain(pattern: string): string {
  return pattern.replaceAll(LITERAL_STAR, '*').replaceAll(LITERAL_QUESTION, '?');
}

/**
 * Whether text matches a pattern in which `*` stands for any characters and `?` for one. Linear in most cases, never worse
 * than the product of the lengths: a policy cannot make a decision slow.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  if (pattern === '*') return true;
  let p = 0;
  let t = 0;
  let starAt = -1;
  let resumeAt = 0;
  while (t < text.length) {
    const wanted = pattern[p];
    if (wanted === '*') {
      starAt = p++;
      resumeAt = t;
    } else if (wanted !== undefined && (wanted === '?' || literalOf(wanted) === text[t])) {
      p++;
      t++;
    } else if (starAt >= 0) {
      p = starAt + 1;
      t = ++resumeAt;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

function literalOf(character: string): string {
  return character === LITERAL_STAR ? '*' : character === LITERAL_QUESTION ? '?' : character;
}
