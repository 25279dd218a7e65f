/**
 * StringMatches: `*` stands for any characters, `\*` and `\\` for themselves. Runs in the product of the lengths at
 * worst, whatever the pattern.
 */
export function matchesWildcards(text: string, pattern: string): boolean {
  const parts = tokens(pattern);
  let at = 0;
  let part = 0;
  let starPart = -1;
  let starAt = 0;
  while (at < text.length) {
    const token = parts[part];
    if (token === undefined || (!token.isStar && token.char !== text[at])) {
      if (starPart < 0) return false;
      part = starPart + 1;
      at = ++starAt;
    } else if (token.isStar) {
      starPart = part++;
      starAt = at;
    } else {
      part++;
      at++;
    }
  }
  return parts.slice(part).every((token) => token.isStar);
}

interface Token {
  readonly char: string;
  readonly isStar: boolean;
}

function tokens(pattern: string): Token[] {
  const found: Token[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const isEscape = pattern[i] === '\\' && (pattern[i + 1] === '*' || pattern[i + 1] === '\\');
    if (isEscape) i++;
    found.push({ char: pattern[i]!, isStar: !isEscape && pattern[i] === '*' });
  }
  return found;
}
