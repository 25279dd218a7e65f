import { PatternError } from './pattern-error';

/** `*` stands for any characters; `\*` and `\\` for themselves. Linear in the text for every pattern. */
export function compileWildcard(pattern: string): (text: string) => boolean {
  const pieces = piecesOf(pattern);
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  if (pieces.length === 1) return (text) => text === first;
  const middle = pieces.slice(1, -1);
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let from = first.length;
    for (const piece of middle) {
      const at = text.indexOf(piece, from);
      if (at < 0 || at + piece.length > end) return false;
      from = at + piece.length;
    }
    return true;
  };
}

/** The literal text between the stars. */
function piecesOf(pattern: string): string[] {
  const pieces = [''];
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i]!;
    if (character === '\\') {
      const escaped = pattern[++i];
      if (escaped !== '*' && escaped !== '\\') throw new PatternError(`Invalid escape character at pos ${i}`);
      pieces[pieces.length - 1] += escaped;
    } else if (character === '*') {
      if (pattern[i + 1] === '*') throw new PatternError(`Consecutive wildcard characters at pos ${i + 1}`);
      pieces.push('');
    } else {
      pieces[pieces.length - 1] += character;
    }
  }
  return pieces;
}
