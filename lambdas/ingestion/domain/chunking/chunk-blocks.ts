/**
 * Makes passages of a document's blocks. Owns where they begin and end. Invariants:
 * 1. The same blocks give the same chunks; a change gives other chunks only near it.
 * 2. No chunk crosses a heading. A code block or table larger than a few lines shares no chunk; a chunk of a table begins with
 *    its header row.
 * 3. A chunk's text has 1 to 2,000 characters (UTF-16 units), and no word of the document is lost.
 * 4. Memory holds one block and one chunk's worth of pieces, and 22 characters for each chunk that was made.
 */
import type { Block } from '../blocks';
import type { Chunk } from '../chunk';
import { embeddedText, textHashOf } from '../embedded-text';
import { type PieceRun, piecesOf } from './block-pieces';
import { ChunkIds } from './chunk-identity';
import { ContentGrouper, joinPieces, type Piece } from './content-cut';
import { HeadingPath } from './heading-path';
import { SIZES } from './sizes';
import { splitText } from './split-text';

/** The chunks of a document, in order. `documentId` is `<tenant>/<path>`. */
export async function* chunkBlocks(
  documentId: string,
  blocks: AsyncIterable<Block> | Iterable<Block>,
): AsyncGenerator<Chunk> {
  const chunker = new Chunker(documentId);
  for await (const block of blocks) yield* chunker.add(block);
  yield* chunker.finish();
}

class Chunker {
  private readonly ids: ChunkIds;
  private readonly path = new HeadingPath();
  private readonly text = new ContentGrouper(SIZES);
  private position = 0;

  constructor(documentId: string) {
    this.ids = new ChunkIds(documentId);
  }

  *add(block: Block): Generator<Chunk> {
    if (block.kind === 'heading') {
      yield* this.endText();
      for (const { heading, text } of this.path.open(block.level, block.text)) yield* this.emptySection(heading, text);
      if (block.text.length > SIZES.heading) yield* this.addText(splitText(block.text, SIZES.largestPiece, '\n\n'));
      return;
    }
    const run = piecesOf(block);
    if (run.kind === 'text') {
      yield* this.addText(run.pieces);
    } else {
      yield* this.endText();
      yield* this.addAlone(run);
    }
  }

  *finish(): Generator<Chunk> {
    yield* this.endText();
    for (const { heading, text } of this.path.close()) yield* this.emptySection(heading, text);
  }

  private *addText(pieces: Iterable<Piece>): Generator<Chunk> {
    for (const piece of pieces) {
      this.path.filled();
      for (const group of this.text.add(piece)) yield* this.chunk(this.path.texts, joinPieces(group), 'text');
    }
  }

  private *endText(): Generator<Chunk> {
    const rest = this.text.finish();
    if (rest) yield* this.chunk(this.path.texts, joinPieces(rest), 'text');
  }

  private *addAlone({ kind, pieces, header }: PieceRun): Generator<Chunk> {
    this.path.filled();
    const used = header === undefined ? 0 : header.length + 1;
    const grouper = new ContentGrouper({ smallest: SIZES.smallest, largest: SIZES.largest - used });
    const withHeader = (group: readonly Piece[]) =>
      header === undefined ? joinPieces(group) : `${header}\n${joinPieces(group)}`;
    for (const piece of pieces) {
      for (const group of grouper.add(piece)) yield* this.chunk(this.path.texts, withHeader(group), kind);
    }
    const rest = grouper.finish();
    if (rest) yield* this.chunk(this.path.texts, withHeader(rest), kind);
    else if (header) yield* this.chunk(this.path.texts, header, kind);
  }

  private *emptySection(heading: readonly string[], text: string): Generator<Chunk> {
    for (const { text: part } of splitText(text, SIZES.largest, '\n\n')) yield* this.chunk(heading, part, 'text');
  }

  private *chunk(heading: readonly string[], text: string, kind: Chunk['kind']): Generator<Chunk> {
    if (text.trim() === '') return;
    const chunkId = this.ids.idOf(heading, text);
    const textHash = textHashOf(embeddedText({ heading, text }));
    yield { chunkId, heading, text, kind, position: this.position++, textHash };
  }
}
