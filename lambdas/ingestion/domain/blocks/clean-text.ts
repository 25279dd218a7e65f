/**
 * Makes text that came out of a file fit to be shown, embedded and compared: one Unicode form, nothing invisible.
 * Owns which characters are dropped. Knows no format.
 */

/** Control characters but tab and line feed, lone surrogates, and what Unicode says is no character. */
const CONTROLS = /(?![\t\n])\p{Cc}|\p{Surrogate}|\p{Noncharacter_Code_Point}/gu;
/**
 * What hides or reorders text: bidirectional controls, zero-width space and marks, word joiner and its neighbours,
 * byte-order marks inside the text, soft hyphens, and the tag characters that spell words nobody sees.
 */
const INVISIBLE =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\u{e0000}|[\u{e0001}-\u{e007f}]|[\u{e0100}-\u{e01ef}]/gu;
/** Persian, the Indic scripts and emoji need single joiners; a run of them carries a message. */
const JOINER_RUNS = /[\u200c\u200d]{2,}/g;
const PLAIN = /^[\n\t\u0020-\u007e]*$/;

/** NFC, line ends as line feeds, without control, invisible and bidirectional characters. Whitespace stays. */
export function cleanCharacters(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085\f\v]/g, '\n')
    .replace(CONTROLS, '')
    .replace(INVISIBLE, '')
    .replace(JOINER_RUNS, '')
    .normalize('NFC');
}

/** One line: clean, every run of whitespace one space, none at the ends. */
export function cleanLine(text: string): string {
  return cleanCharacters(text).replace(/\s+/g, ' ').trim();
}

/** Lines stay lines: clean, spaces within a line one space, no blank lines, none at the ends. */
export function cleanLines(text: string): string {
  return cleanCharacters(text)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Indentation stays: clean, tabs kept as two spaces, no blank lines at the ends and no spaces at line ends. */
export function cleanCode(text: string): string {
  const lines = cleanCharacters(text)
    .split('\n')
    .map((line) => line.replaceAll('\t', '  ').trimEnd());
  const first = lines.findIndex((line) => line !== '');
  if (first === -1) return '';
  let end = lines.length;
  while (lines[end - 1] === '') end--;
  return lines.slice(first, end).join('\n');
}
