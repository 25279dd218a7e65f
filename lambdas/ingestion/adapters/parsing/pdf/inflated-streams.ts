/** Bombs in a PDF: streams that inflate to far more than they take. Looked for before the PDF is parsed. */
import { type Deflation, InflationMeter, inflateCounted } from '../inflation';
import { PARSING_LIMITS } from '../limits';

const STREAM = Buffer.from('stream');
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const DEFLATION: Deflation = 'zlib';
/** Filters that are chained inflate what was inflated. */
const DEEPEST_CHAIN = 3;
/** Of an inflated stream that is itself deflated. */
const LONGEST_INNER_BYTES = 8 * 1024 * 1024;

/** Inflates every deflated stream once and counts. Throws DocumentRefused when it is too much. */
export async function checkStreams(pdf: Buffer): Promise<void> {
  const meter = new InflationMeter(PARSING_LIMITS.inflatedBytes.pdf);
  for (let at = pdf.indexOf(STREAM); at >= 0; at = pdf.indexOf(STREAM, at + STREAM.length)) {
    const start = startOfData(pdf, at + STREAM.length);
    if (start !== undefined && isZlib(pdf, start)) await countChain(pdf.subarray(start), meter, DEEPEST_CHAIN);
  }
}

async function countChain(bytes: Buffer, meter: InflationMeter, depth: number): Promise<void> {
  const pieces: Buffer[] = [];
  let kept = 0;
  let isInner: boolean | undefined;
  await inflateCounted(bytes, DEFLATION, meter, (piece) => {
    isInner ??= isZlib(piece, 0);
    if (!isInner || kept > LONGEST_INNER_BYTES) return;
    pieces.push(piece);
    kept += piece.length;
  });
  if (isInner && depth > 1) await countChain(Buffer.concat(pieces), meter, depth - 1);
}

/** After the end of the keyword's line. */
function startOfData(pdf: Buffer, at: number): number | undefined {
  if (pdf[at] === LINE_FEED) return at + 1;
  if (pdf[at] === CARRIAGE_RETURN) return pdf[at + 1] === LINE_FEED ? at + 2 : at + 1;
  return undefined;
}

/** The two bytes that begin deflated data. https://www.rfc-editor.org/rfc/rfc1950#section-2.2 */
function isZlib(bytes: Uint8Array, at: number): boolean {
  const [method, flags] = [bytes[at], bytes[at + 1]];
  if (method === undefined || flags === undefined) return false;
  return (method & 0x0f) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0;
}
