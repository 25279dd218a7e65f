import type { Block } from '../../domain/blocks';
import { parseDocx } from './docx/parse-docx';
import { parseHtml } from './html/parse-html';
import { parseMarkdown } from './markdown/parse-markdown';
import { parsePdf } from './pdf/parse-pdf';
import { decodeText } from './text/decode-text';
import type { ThreadFacts, ThreadFormat } from './thread-protocol';

type Parser = (bytes: Uint8Array) => AsyncGenerator<Block, ThreadFacts>;

const PARSERS: Readonly<Record<ThreadFormat, Parser>> = {
  async *markdown(bytes) {
    const { text, replacedBytes } = await decodeText(bytes);
    return { ...(yield* parseMarkdown(text)), replacedBytes };
  },
  async *html(bytes) {
    const { text, replacedBytes } = await decodeText(bytes);
    return { ...(yield* parseHtml(text)), replacedBytes };
  },
  async *pdf(bytes) {
    return { ...(yield* parsePdf(bytes)), replacedBytes: 0 };
  },
  async *docx(bytes) {
    return { ...(yield* parseDocx(bytes)), replacedBytes: 0 };
  },
};

/** The parser of a format; the large libraries are loaded when they are first used. */
export function parserOf(format: ThreadFormat): Parser {
  return PARSERS[format];
}
