/**
 * Where to cut a row of pieces so that the same content is cut at the same places, whatever stands before it. Each
 * piece has a rank that comes from its own content; a group ends after the piece of the lowest rank among those after which it
 * may end. Two versions of a text that differ early choose the same lowest rank once their windows overlap, and go
 * alike from there.
 */

/** A part of a text that is not cut further. */
export interface Piece {
  readonly text: string;
  /** What joins it to the piece before it within a chunk. */
  readonly glue: '' | ' ' | '\n' | '\n\n';
  /** A paragraph, list or line ends with it: a better place to cut than within. */
  readonly isEnd: boolean;
}

/** Sizes of a group in characters. */
export interface GroupSizes {
  readonly smallest: number;
  readonly largest: number;
}

/**
 * Takes one piece after another and gives the groups that are complete. Invariants: pieces stay in order, none is lost;
 * a group is no larger than `largest` unless it is one piece; it holds at most one group's worth in memory.
 */
export class ContentGrouper {
  private pieces: Piece[] = [];
  private size = 0;

  constructor(private readonly sizes: GroupSizes) {}

  /** The groups that this piece completes. */
  add(piece: Piece): Piece[][] {
    const complete: Piece[][] = [];
    const added = piece.glue.length + piece.text.length;
    while (this.pieces.length > 0 && this.size + added > this.sizes.largest) complete.push(this.cut());
    this.pieces.push(piece);
    this.size += added;
    return complete;
  }

  /** What is left, as the last group; undefined when there is nothing. */
  finish(): Piece[] | undefined {
    const rest = this.pieces;
    this.pieces = [];
    this.size = 0;
    return rest.length > 0 ? rest : undefined;
  }

  private cut(): Piece[] {
    let size = 0;
    let best = this.pieces.length - 1;
    let bestRank = Number.POSITIVE_INFINITY;
    for (const [index, piece] of this.pieces.entries()) {
      size += piece.glue.length + piece.text.length;
      if (size < this.sizes.smallest) continue;
      const rank = rankOf(piece);
      if (rank < bestRank) {
        best = index;
        bestRank = rank;
      }
    }
    const group = this.pieces.slice(0, best + 1);
    this.pieces = this.pieces.slice(best + 1);
    this.size = this.pieces.reduce((sum, piece) => sum + piece.glue.length + piece.text.length, 0);
    return group;
  }
}

/** The text of a group. */
export function joinPieces(pieces: readonly Piece[]): string {
  return pieces.map((piece, index) => (index === 0 ? piece.text : piece.glue + piece.text)).join('');
}

/** Ends of blocks come before all other places. */
function rankOf(piece: Piece): number {
  return hashText(piece.text) + (piece.isEnd ? 0 : 2 ** 32);
}

/** FNV-1a over UTF-16 units, with a final mix: 32 bits that depend on every character. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
