/** What a document may cost. Beyond it is refused, never cut short in silence. */
export const PARSING_LIMITS = {
  /** Bytes of a document by its format. Text is read as it comes; the others stand in memory. */
  bytes: {
    text: 100 * 1024 * 1024,
    markdown: 8 * 1024 * 1024,
    html: 8 * 1024 * 1024,
    pdf: 50 * 1024 * 1024,
    docx: 32 * 1024 * 1024,
  },
  /** Pages of a PDF. */
  pages: 3_000,
  /** Lists, quotes and elements within one another. */
  depth: 200,
  /** Entries of a DOCX's archive. */
  entries: 5_000,
  /** Bytes of all that a document holds compressed, once inflated. A PDF's pictures count, though they are not drawn. */
  inflatedBytes: { pdf: 512 * 1024 * 1024, docx: 128 * 1024 * 1024 },
  /** Of one compressed stream: it stands in memory outside the heap. */
  inflatedStreamBytes: 96 * 1024 * 1024,
  /** Inflated bytes for each compressed one, where that makes more than `freeBytes`. */
  expansion: 200,
  freeBytes: 8 * 1024 * 1024,
  /** Characters that come out of a document that is no plain text. */
  outputCharacters: 32 * 1024 * 1024,
  /** The share of characters that may be control characters or no valid text. */
  unreadableShare: 0.1,
  /** Memory of the parsing thread's heap. */
  heapMb: 384,
} as const;
