/** DOCX to blocks, by way of the HTML that mammoth makes of it: headings, lists, tables, paragraphs. Pictures are left out. */
import type { Block } from '../../../domain/blocks';
import { parseHtml } from '../html/parse-html';
import { checkArchive } from './check-archive';

/** What Word's own styles are, besides those that mammoth knows. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='Quote'] => blockquote:fresh",
  "p[style-name='Intense Quote'] => blockquote:fresh",
];

/** Blocks; the title is the document's first heading. Throws DocumentRefused when the archive is none of ours. */
export async function* parseDocx(bytes: Uint8Array): AsyncGenerator<Block, { title?: string }> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  await checkArchive(buffer);
  const { default: mammoth } = await import('mammoth');
  const noPicture = mammoth.images.imgElement(async () => ({ src: '' }));
  const { value } = await mammoth.convertToHtml(
    { buffer },
    { styleMap: STYLES, convertImage: noPicture, externalFileAccess: false },
  );
  yield* parseHtml(value);
  return {};
}
