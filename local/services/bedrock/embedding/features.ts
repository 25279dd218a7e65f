/**
 * Owns what a text is compared by: its words without their endings, pairs of neighbours, and pieces of words. Each has a weight that
 * grows with the logarithm of how often it comes, so that a word which is repeated does not drown the others.
 */
import { stemOf } from './stem';
import { isStopWord, wordsOf } from './words';

const PAIR_WEIGHT = 0.5;
const PIECES_WEIGHT = 0.6;
const STOP_WORD_WEIGHT = 0.05;
const PIECE_LENGTHS = [3, 4, 5];

/** Weights by feature. Never empty: a text without words is one feature. */
export function featuresOf(text: string): Map<string, number> {
  const words = wordsOf(text);
  const counted = new Map<string, { count: number; weight: number }>();
  const count = (feature: string, weight: number) => {
    const found = counted.get(feature);
    if (found) found.count++;
    else counted.set(feature, { count: 1, weight });
  };
  for (const [place, word] of words.entries()) {
    const weight = weightOf(word);
    count(`w ${stemOf(word)}`, weight);
    const next = words[place + 1];
    if (next !== undefined) {
      count(`p ${stemOf(word)} ${stemOf(next)}`, PAIR_WEIGHT * Math.sqrt(weight * weightOf(next)));
    }
    if (isStopWord(word)) continue;
    const pieces = piecesOf(word);
    for (const piece of pieces) count(`c ${piece}`, (PIECES_WEIGHT * weight) / Math.sqrt(pieces.length));
  }
  if (counted.size === 0) return new Map([[`t ${text}`, 1]]);
  return new Map([...counted].map(([feature, { count: times, weight }]) => [feature, weight * (1 + Math.log(times))]));
}

/** Long words are rarer, and say more. */
function weightOf(word: string): number {
  return isStopWord(word) ? STOP_WORD_WEIGHT : Math.min(1.5, 0.5 + word.length / 8);
}

/** `_retry_` → `_re`, `ret`, … so that `retries` is not far from it. */
function piecesOf(word: string): string[] {
  const edged = Array.from(`_${word}_`);
  return PIECE_LENGTHS.flatMap((length) => {
    const starts = Math.max(0, edged.length - length + 1);
    return Array.from({ length: starts }, (_, start) => edged.slice(start, start + length).join(''));
  });
}
