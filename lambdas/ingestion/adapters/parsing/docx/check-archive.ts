import { DocumentRefused } from '../../../contracts/errors';
import { InflationMeter, inflateCounted } from '../inflation';
import { PARSING_LIMITS } from '../limits';
import { zipEntries } from './zip-entries';

/** Entities are defined in a document type, which Office never writes. In UTF-8 and both UTF-16. */
const DOCUMENT_TYPES = ['utf8', 'utf16le'].map((encoding) => Buffer.from('<!DOCTYPE', encoding as BufferEncoding));
DOCUMENT_TYPES.push(Buffer.from('<!DOCTYPE', 'utf16le').swap16());
const LONGEST_MARK = Math.max(...DOCUMENT_TYPES.map((mark) => mark.length));

/**
 * Refuses a DOCX that is a bomb, first by what its directory says, then, since that may lie, by inflating each part once in constant
 * memory; and parts with a document type. Throws DocumentRefused.
 */
export async function checkArchive(docx: Buffer): Promise<void> {
  const entries = zipEntries(docx);
  if (!entries.some(({ name }) => name === '[Content_Types].xml')) {
    throw new DocumentRefused('The document is called a DOCX and is another archive.');
  }
  const declared = new InflationMeter(PARSING_LIMITS.inflatedBytes.docx);
  for (const entry of entries) declared.add(entry.inflatedBytes, entry.compressedBytes);
  const seen = new InflationMeter(PARSING_LIMITS.inflatedBytes.docx);
  for (const { isDeflated, dataStart, compressedBytes } of entries) {
    const data = docx.subarray(dataStart, dataStart + compressedBytes);
    const search = searchForDocumentType();
    if (isDeflated) await inflateCounted(data, 'raw', seen, search);
    else search(data);
  }
}

/** Looks at pieces as they come, also across their borders. */
function searchForDocumentType(): (piece: Buffer) => void {
  let tail: Buffer = Buffer.alloc(0);
  return (piece) => {
    const text = Buffer.concat([tail, piece]);
    if (DOCUMENT_TYPES.some((mark) => text.includes(mark))) {
      throw new DocumentRefused('The DOCX defines entities of XML, which no DOCX needs.');
    }
    tail = text.subarray(-LONGEST_MARK);
  };
}
