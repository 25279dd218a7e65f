import { styleText } from 'node:util';
import { printable } from '../printable';
import type { Passage } from './client';

const EXCERPT_CHARACTERS = 280;

/** Passages as text: rank, score, document and headings, then how the passage begins or where it has the words. */
export function renderPassages(passages: readonly Passage[], words: string): string {
  if (passages.length === 0) return 'Nothing was found.';
  return passages
    .map(({ path, heading, score, text, hasInstructions }, index) => {
      const where = [styleText('bold', printable(path)), ...heading.map(printable)].join(' › ');
      const warning = hasInstructions ? ' (holds instructions to its reader)' : '';
      return `${String(index + 1).padStart(2)}. ${score.toFixed(3)}  ${where}${warning}\n    ${excerptOf(text, words)}`;
    })
    .join('\n');
}

/** The part of a text that has the first of the words, at most EXCERPT_CHARACTERS long, on one line. */
export function excerptOf(text: string, words: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  if (characters.length <= EXCERPT_CHARACTERS) return printable(line);
  const at = firstWordIn(line.toLowerCase(), words);
  const latest = characters.length - EXCERPT_CHARACTERS;
  const from = Math.min(Math.max(0, [...line.slice(0, at)].length - EXCERPT_CHARACTERS / 4), latest);
  const part = characters
    .slice(from, from + EXCERPT_CHARACTERS)
    .join('')
    .trim();
  return `${from > 0 ? '… ' : ''}${printable(part)}${from < latest ? ' …' : ''}`;
}

function firstWordIn(text: string, words: string): number {
  const found = words
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    // Short words stand everywhere.
    .filter((word) => word.length > 3)
    .map((word) => text.indexOf(word))
    .filter((at) => at >= 0);
  return found.length > 0 ? Math.min(...found) : 0;
}
