import type { Block } from '../../domain/blocks';
import type { Format } from './format-of';

/** Formats that are parsed in a thread of their own; plain text is read as it comes. */
export type ThreadFormat = Exclude<Format, 'text'>;

/** What says to a thread that it parses: the same file is the function. */
export const PARSING_ROLE = 'stepwright-parsing';

/** To the thread: a document, then a `next` for each further batch. */
export type ToThread =
  | { readonly type: 'parse'; readonly format: ThreadFormat; readonly bytes: Uint8Array }
  | { readonly type: 'next' };

/** What a parser found besides blocks. */
export interface ThreadFacts {
  readonly title?: string;
  readonly pageCount?: number;
  readonly replacedBytes: number;
}

/** From the thread: `ready` once, then one answer to each message. The last batch of a document has its facts. */
export type FromThread =
  | { readonly type: 'ready' }
  | { readonly type: 'batch'; readonly blocks: readonly Block[]; readonly facts?: ThreadFacts }
  | { readonly type: 'refused'; readonly reason: string };
