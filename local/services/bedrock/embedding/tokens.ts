/** Pieces that tokenizers keep apart: words of an alphabet, runs of digits, and everything else sign by sign. */
const PIECES = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Mark}']+|\p{Number}+|[^\s]/gu;
const LETTERS_PER_TOKEN = 7;
const DIGITS_PER_TOKEN = 3;

/**
 * About how many tokens a text has. Titan's tokenizer is not public; AWS says that English has 4.7 characters a token, and this
 * comes near it. Other scripts count a token a character.
 */
export function countTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(PIECES)) {
    const perToken = /^\p{Number}/u.test(piece) ? DIGITS_PER_TOKEN : LETTERS_PER_TOKEN;
    tokens += Math.ceil(Array.from(piece).length / perToken);
  }
  return tokens;
}
