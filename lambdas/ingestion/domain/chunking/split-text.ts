/** Cuts text that is too long for one piece: at lines, then sentences, then words, then anywhere, by content alone. */
import { hashText, type Piece } from './content-cut';

/** Sentences end with one of these before whitespace, or with one of the second kind anywhere. */
const STOPS = new Set('.!?…;:');
const WIDE_STOPS = new Set('。！？；');
/** Cut within a word or line: the window of lengths in which the place is chosen. */
const SHORTEST_PART = 1 / 3;
/** The characters before a place that decide on it. */
const CONTEXT_LENGTH = 16;

/**
 * Pieces of a text whose lines belong together: one when it is at most `largest` long, else its sentences and lines, else parts of them. The
 * first piece takes `glue`, the last ends a block.
 */
export function splitText(text: string, largest: number, glue: Piece['glue']): Piece[] {
  if (text.length <= largest) return [{ text, glue, isEnd: true }];
  const pieces: Piece[] = [];
  for (const { text: sentence, isLineStart } of sentencesOf(text)) {
    const first = pieces.length === 0 ? glue : isLineStart ? '\n' : ' ';
    pieces.push(...splitAnywhere(sentence, largest, first, false));
  }
  const last = pieces.pop();
  if (last) pieces.push({ ...last, isEnd: true });
  return pieces;
}

/** Parts of at most `largest` characters, cut at spaces where there are any; only the last one ends anything. */
export function splitAnywhere(text: string, largest: number, glue: Piece['glue'], isEnd: boolean): Piece[] {
  const pieces: Piece[] = [];
  let rest = text;
  let next = glue;
  while (rest.length > largest) {
    const at = placeToCut(rest, largest);
    const isSpace = rest[at] === ' ';
    pieces.push({ text: rest.slice(0, at), glue: next, isEnd: false });
    rest = rest.slice(isSpace ? at + 1 : at);
    next = isSpace ? ' ' : '';
  }
  if (rest !== '') pieces.push({ text: rest, glue: next, isEnd });
  return pieces;
}

/** The place of the lowest hash of what stands before it; places at a space come first. */
function placeToCut(text: string, largest: number): number {
  let best = largest;
  let bestRank = Number.POSITIVE_INFINITY;
  for (let at = Math.max(1, Math.floor(largest * SHORTEST_PART)); at <= largest; at++) {
    if (isLowSurrogate(text, at)) continue;
    const isSpace = text[at] === ' ';
    if (!isSpace && bestRank < 2 ** 32) continue;
    const rank = hashText(text.slice(Math.max(0, at - CONTEXT_LENGTH), at)) + (isSpace ? 0 : 2 ** 32);
    if (rank < bestRank) {
      best = at;
      bestRank = rank;
    }
  }
  return best;
}

function* sentencesOf(text: string): Generator<{ text: string; isLineStart: boolean }> {
  for (const line of text.split('\n')) {
    let start = 0;
    let isLineStart = true;
    for (let at = 0; at < line.length; at++) {
      const isStop = (STOPS.has(line[at]!) && line[at + 1] === ' ') || WIDE_STOPS.has(line[at]!);
      if (!isStop && at < line.length - 1) continue;
      const sentence = line.slice(start, at + 1).trim();
      start = at + 1;
      if (sentence === '') continue;
      yield { text: sentence, isLineStart };
      isLineStart = false;
    }
  }
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
