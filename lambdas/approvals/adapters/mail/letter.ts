/**
 * A mail in parts, before it is written as HTML or as plain text. `words`, `heading` and `label` are our own and fixed;
 * everything that people wrote stands in `quote`, `items` and `rows`, so that no writer can take one for the other.
 */
export interface Letter {
  /** Fixed words and the request's reference. */
  readonly subject: string;
  /** What a list of mails shows beside the subject: fixed words, and never the code. */
  readonly preheader: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
}

/** One part of a letter. */
export type Block =
  | { readonly kind: 'words'; readonly text: string }
  /** A short fact of ours: a time, a hash. `full` is what plain text shows. */
  | { readonly kind: 'fact'; readonly label: string; readonly text: string; readonly full?: string }
  /** What somebody wrote. */
  | { readonly kind: 'quote'; readonly label: string; readonly text: string }
  /** Several things that people wrote or did, each a unit of its own. */
  | { readonly kind: 'items'; readonly label: string; readonly items: readonly string[] }
  /** Names and values that somebody chose; `more` is how many are left out. */
  | {
      readonly kind: 'rows';
      readonly label: string;
      readonly rows: readonly { readonly name: string; readonly value: string }[];
      readonly more: number;
    }
  | { readonly kind: 'door'; readonly label: string; readonly url: string; readonly code: string }
  /** What to do when the mail was not expected. */
  | { readonly kind: 'care'; readonly text: string };
