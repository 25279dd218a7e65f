/** How each kind of block falls into pieces, and with what it may share a chunk. */
import type { Block } from '../blocks';
import { blockText, rowText } from '../blocks/block-text';
import type { Chunk } from '../chunk';
import type { Piece } from './content-cut';
import { SIZES } from './sizes';
import { splitAnywhere, splitText } from './split-text';

/** A row of pieces that are cut together. */
export interface PieceRun {
  readonly kind: Chunk['kind'];
  /** Runs of kind `text` go on in each other; a code block or table stands alone. */
  readonly pieces: Iterable<Piece>;
  /** Stands before the pieces in each chunk. */
  readonly header?: string;
}

/** The pieces of a block that is no heading. */
export function piecesOf(block: Exclude<Block, { kind: 'heading' }>): PieceRun {
  switch (block.kind) {
    case 'paragraph':
    case 'quote':
      return { kind: 'text', pieces: splitText(block.text, SIZES.largestPiece, '\n\n') };
    case 'list':
      return { kind: 'text', pieces: listPieces(block.items) };
    case 'code':
      if (block.text.length <= SIZES.inline) {
        return { kind: 'text', pieces: [{ text: block.text, glue: '\n\n', isEnd: true }] };
      }
      return { kind: 'code', pieces: codePieces(block.text) };
    case 'table':
      return tablePieces(block);
  }
}

function* listPieces(items: readonly string[]): Generator<Piece> {
  for (const [index, item] of items.entries()) yield* splitText(item, SIZES.largestPiece, index === 0 ? '\n\n' : '\n');
}

/** A block that fits stays whole; else lines are pieces, and a blank line is the better place to cut. */
function* codePieces(code: string): Generator<Piece> {
  if (code.length <= SIZES.largest) {
    yield { text: code, glue: '\n', isEnd: true };
    return;
  }
  const lines = code.split('\n');
  for (const [index, line] of lines.entries()) {
    const isEnd = (lines[index + 1] ?? '').trim() === '';
    if (line.length <= SIZES.largestPiece) yield { text: line, glue: '\n', isEnd };
    else yield* splitAnywhere(line, SIZES.largestPiece, '\n', isEnd);
  }
}

function tablePieces(table: Extract<Block, { kind: 'table' }>): PieceRun {
  const whole = table.rows.length <= 20 ? blockText(table) : undefined;
  if (whole !== undefined && whole.length <= SIZES.inline) {
    return { kind: 'text', pieces: [{ text: whole, glue: '\n\n', isEnd: true }] };
  }
  const header = table.header && rowText(table.header);
  if (header === undefined || header.length <= SIZES.tableHeader) {
    return { kind: 'table', pieces: rowPieces(table.rows), header };
  }
  // Too long to be said again in each chunk: it is the first row.
  return { kind: 'table', pieces: rowPieces([table.header!, ...table.rows]) };
}

function* rowPieces(rows: readonly (readonly string[])[]): Generator<Piece> {
  for (const row of rows) {
    const text = rowText(row);
    if (text.length <= SIZES.largestPiece) yield { text, glue: '\n', isEnd: true };
    else yield* splitAnywhere(text, SIZES.largestPiece, '\n', true);
  }
}
