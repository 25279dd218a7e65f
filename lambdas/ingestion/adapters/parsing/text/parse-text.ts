/**
 * Plain text: paragraphs between blank lines, as the text comes, in constant memory. A paragraph without end is cut where its own
 * content says, so that the same lines make the same paragraphs whatever stands before.
 */
import type { Block, ParsedFacts } from '../../../domain/blocks';
import { cleanLine, cleanLines } from '../../../domain/blocks/clean-text';
import { hashText } from '../../../domain/chunking/content-cut';
import { TextReader } from './decode-text';

/** A paragraph beyond ends at the next line that ends one by its hash, or before the line that makes it too long. */
const LONG_PARAGRAPH = 4_000;
const LONGEST_PARAGRAPH = 32_000;
const ONE_LINE_IN = 8;
/** A line beyond is taken in pieces, each ended by a word that does so by its hash. */
const LONG_LINE = 4_000;
const LONGEST_LINE_PIECE = 16_000;
const ONE_WORD_IN = 32;
const LONGEST_TITLE = 200;

/** Blocks of kind paragraph; facts once they are read. Throws DocumentRefused when it is no text. */
export async function* parseText(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Block, Omit<ParsedFacts, 'hasInstructions'>> {
  const reader = new TextReader();
  let title: string | undefined;
  for await (const paragraph of paragraphsOf(linesOf(reader.read(bytes)))) {
    const text = cleanLines(paragraph);
    if (text === '') continue;
    title ??= cleanLine(text.split('\n')[0]!).slice(0, LONGEST_TITLE);
    yield { kind: 'paragraph', text };
  }
  return { format: 'text', title, replacedBytes: reader.replaced };
}

async function* paragraphsOf(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let open: string[] = [];
  let length = 0;
  for await (const line of lines) {
    const isBlank = line.trim() === '';
    if (open.length > 0 && (isBlank || length + line.length > LONGEST_PARAGRAPH)) {
      yield open.join('\n');
      open = [];
      length = 0;
    }
    if (isBlank) continue;
    open.push(line);
    length += line.length + 1;
    if (length > LONG_PARAGRAPH && hashText(line) % ONE_LINE_IN === 0) {
      yield open.join('\n');
      open = [];
      length = 0;
    }
  }
  if (open.length > 0) yield open.join('\n');
}

/** Lines, those that are very long in pieces. */
async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const text of texts) {
    rest += text;
    const lines = rest.split(/\r\n|[\n\u2028\u2029\u0085\f]|\r(?!$)/);
    rest = lines.pop()!;
    for (const line of lines) yield* lineInPieces(line);
    while (rest.length > LONG_LINE + LONGEST_LINE_PIECE) {
      const at = placeToCut(rest);
      yield rest.slice(0, at);
      rest = rest.slice(at);
    }
  }
  yield* lineInPieces(rest);
}

function* lineInPieces(line: string): Generator<string> {
  let rest = line;
  while (rest.length > LONGEST_LINE_PIECE) {
    const at = placeToCut(rest);
    yield rest.slice(0, at);
    rest = rest.slice(at);
  }
  yield rest;
}

/** After the first word beyond LONG_LINE whose hash says so; else after the longest piece. */
function placeToCut(line: string): number {
  let wordStart = line.indexOf(' ', LONG_LINE) + 1;
  while (wordStart > 0) {
    const wordEnd = line.indexOf(' ', wordStart);
    if (wordEnd < 0 || wordEnd > LONGEST_LINE_PIECE) break;
    if (hashText(line.slice(wordStart, wordEnd)) % ONE_WORD_IN === 0) return wordEnd + 1;
    wordStart = wordEnd + 1;
  }
  const unit = line.charCodeAt(LONGEST_LINE_PIECE);
  return unit >= 0xdc00 && unit <= 0xdfff ? LONGEST_LINE_PIECE - 1 : LONGEST_LINE_PIECE;
}
