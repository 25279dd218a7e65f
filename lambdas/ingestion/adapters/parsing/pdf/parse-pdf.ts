/** PDF to blocks: the text of each page in its order, headings where letters are larger than those of most of the text. */

import { DocumentRefused } from '../../../contracts/errors';
import type { Block } from '../../../domain/blocks';
import { cleanLine } from '../../../domain/blocks/clean-text';
import { PARSING_LIMITS } from '../limits';
import { checkStreams } from './inflated-streams';
import { blocksOfLines } from './line-blocks';
import { type Line, linesOfPage } from './page-lines';

/** Blocks; returns what is known of the document. Throws DocumentRefused: encrypted, too many pages, bombs. */
export async function* parsePdf(bytes: Uint8Array): AsyncGenerator<Block, { title?: string; pageCount: number }> {
  await checkStreams(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const { getDocumentProxy } = await import('unpdf');
  // Nothing is fetched or drawn.
  const pdf = await getDocumentProxy(bytes, {
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    verbosity: 0,
  }).catch((error: Error) => {
    if (error.name === 'PasswordException') throw new DocumentRefused('The PDF is encrypted and needs a password.');
    throw error;
  });
  try {
    const pageCount = pdf.numPages;
    if (pageCount > PARSING_LIMITS.pages) {
      throw new DocumentRefused(`The PDF has ${pageCount} pages; at most ${PARSING_LIMITS.pages} are read.`);
    }
    const lines: Line[] = [];
    for (let number = 1; number <= pageCount; number++) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      for (const line of linesOfPage(items as Parameters<typeof linesOfPage>[0], number)) lines.push(line);
      page.cleanup();
    }
    yield* blocksOfLines(lines);
    return { title: titleOf(await pdf.getMetadata().catch(() => undefined)), pageCount };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

function titleOf(metadata: { info?: object } | undefined): string | undefined {
  const title = (metadata?.info as { Title?: unknown } | undefined)?.Title;
  return typeof title === 'string' ? cleanLine(title).slice(0, 200) || undefined : undefined;
}
