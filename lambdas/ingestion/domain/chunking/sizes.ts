/** Characters (UTF-16 units) of what the chunker makes. Changing one changes chunk ids: raise PIPELINE with it. */
export const SIZES = {
  /** A chunk ends no earlier than this, unless its section does. */
  smallest: 500,
  /** Of a chunk's text. The average lies midway to `smallest`, near 1,200. */
  largest: 1_900,
  /** A sentence, item, row or line beyond is cut within. */
  largestPiece: 900,
  /** Code and tables up to this stand among the text around them. */
  inline: 400,
  /** Of a table's header row that is repeated in each of its chunks. */
  tableHeader: 400,
  /** Of one heading in a heading path. */
  heading: 200,
} as const;
