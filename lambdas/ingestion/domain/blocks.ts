/** A piece of a document's structure, in reading order. Texts are in NFC, without control characters but line feeds. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4 | 5 | 6; readonly text: string }
  | { readonly kind: 'paragraph' | 'quote'; readonly text: string }
  /** Items in order; nested ones are indented by two spaces a level. */
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly isOrdered: boolean }
  /** Cells row by row; `header` is absent when the table has none. */
  | { readonly kind: 'table'; readonly header?: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'code'; readonly text: string; readonly language?: string };

/** What a parser found out besides the blocks. */
export interface ParsedFacts {
  readonly title?: string;
  readonly format: 'markdown' | 'text' | 'html' | 'pdf' | 'docx';
  readonly pageCount?: number;
  /** Bytes that were no valid text and became U+FFFD. */
  readonly replacedBytes: number;
  /** The text holds phrases that try to instruct a reader that is a model; it is kept as data. */
  readonly hasInstructions: boolean;
}
