/**
 * Owns what a text is compared by: its words without their endings, pairs of neighbours, and pieces of words. Each has a weight that
 * grows with the logarithm of how often it comes, so that a word which is repeated does not drown the others. A feature is the hash of
 * its name; two of one hash would have the same places in a vector anyway.
 */
import { hashText } from './hash';
import { stemOf } from './stem';
import { isStopWord, wordsOf } from './words';

const PAIR_WEIGHT = 0.5;
const PIECES_WEIGHT = 0.6;
const STOP_WORD_WEIGHT = 0.05;
const PIECE_LENGTHS = [3, 4, 5];
/** Words that are remembered: a text's words are mostly those of the text before. */
const MOST_WORDS = 50_000;
/** Longer ones hardly come again, and would fill the memory with their pieces. */
const LONGEST_REMEMBERED = 40;

/** What has to be worked out for a word only once. */
interface Word {
  readonly stem: string;
  /** Long words are rarer, and say more. */
  readonly weight: number;
  readonly feature: number;
  /** The hash of a pair's name up to where its second word begins. */
  readonly pairHead: number;
  readonly pieces: readonly number[];
  readonly pieceWeight: number;
}

const knownWords = new Map<string, Word>();

/** Weights by feature. Never empty: a text without words is one feature. */
export function featuresOf(text: string): Map<number, number> {
  const words = wordsOf(text).map(wordFor);
  const counts = new Map<number, number>();
  const weights = new Map<number, number>();
  const count = (feature: number, weight: number) => {
    const times = counts.get(feature);
    if (times === undefined) weights.set(feature, weight);
    counts.set(feature, (times ?? 0) + 1);
  };
  for (let place = 0; place < words.length; place++) {
    const word = words[place]!;
    count(word.feature, word.weight);
    const next = words[place + 1];
    if (next) count(hashText(next.stem, word.pairHead), PAIR_WEIGHT * Math.sqrt(word.weight * next.weight));
    for (const piece of word.pieces) count(piece, word.pieceWeight);
  }
  if (counts.size === 0) return new Map([[hashText(`t ${text}`), 1]]);
  for (const [feature, times] of counts) {
    if (times > 1) weights.set(feature, weights.get(feature)! * (1 + Math.log(times)));
  }
  return weights;
}

function wordFor(text: string): Word {
  const known = knownWords.get(text);
  if (known) return known;
  const stem = stemOf(text);
  const isStop = isStopWord(text);
  const weight = isStop ? STOP_WORD_WEIGHT : Math.min(1.5, 0.5 + text.length / 8);
  const pieces = isStop ? [] : piecesOf(text).map((piece) => hashText(`c ${piece}`));
  const word: Word = {
    stem,
    weight,
    feature: hashText(`w ${stem}`),
    pairHead: hashText(`p ${stem} `),
    pieces,
    pieceWeight: (PIECES_WEIGHT * weight) / Math.sqrt(pieces.length),
  };
  if (text.length > LONGEST_REMEMBERED) return word;
  if (knownWords.size >= MOST_WORDS) knownWords.clear();
  knownWords.set(text, word);
  return word;
}

/** `_retry_` → `_re`, `ret`, … so that `retries` is not far from it. */
function piecesOf(word: string): string[] {
  const edged = Array.from(`_${word}_`);
  return PIECE_LENGTHS.flatMap((length) => {
    const starts = Math.max(0, edged.length - length + 1);
    return Array.from({ length: starts }, (_, start) => edged.slice(start, start + length).join(''));
  });
}
