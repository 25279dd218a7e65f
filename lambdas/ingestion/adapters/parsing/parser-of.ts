import type { Block } from '../../domain/blocks';
import { decodeText } from './text/decode-text';
import type { ThreadFacts, ThreadFormat } from './thread-protocol';

type Parser = (bytes: Uint8Array) => AsyncGenerator<Block, ThreadFacts>;

const PARSERS: Readonly<Record<ThreadFormat, Parser>> = {
  async *markdown(bytes) {
    const { text, replacedBytes } = await decodeText(bytes);
    const { parseMarkdown } = await import('./markdown/parse-markdown');
    return { ...(yield* parseMarkdown(text)), replacedBytes };
  },
  async *html(bytes) {
    const { text, replacedBytes } = await decodeText(bytes);
    const { parseHtml } = await import('./html/parse-html');
    return { ...(yield* parseHtml(text)), replacedBytes };
  },
  async *pdf(bytes) {
    const { parsePdf } = await import('./pdf/parse-pdf');
    return { ...(yield* parsePdf(bytes)), replacedBytes: 0 };
  },
  async *docx(bytes) {
    const { parseDocx } = await import('./docx/parse-docx');
    return { ...(yield* parseDocx(bytes)), replacedBytes: 0 };
  },
};

/** The parser of a format; each loads its library when it is first used. */
export function parserOf(format: ThreadFormat): Parser {
  return PARSERS[format];
}
