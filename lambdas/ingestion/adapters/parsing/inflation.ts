/** Sees how much compressed bytes hold before a parser inflates them, in constant memory. */
import { Readable } from 'node:stream';
import { createInflate, createInflateRaw } from 'node:zlib';
import { DocumentRefused } from '../../contracts/errors';
import { PARSING_LIMITS } from './limits';

/** Input is given in slices of this size, so that a bomb is noticed before it has gone off. */
const SLICE_BYTES = 16 * 1024;

/** Adds up what a document inflates to, at most `limitBytes`. Throws DocumentRefused beyond the limits. */
export class InflationMeter {
  private inflated = 0;
  private compressed = 0;

  constructor(private readonly limitBytes: number) {}

  /** Counts what an archive says of a stream, or a piece that was seen. */
  add(inflatedBytes: number, compressedBytes: number): void {
    this.inflated += inflatedBytes;
    this.compressed += compressedBytes;
    const { expansion, freeBytes } = PARSING_LIMITS;
    const isTooMuch = this.inflated > freeBytes && this.inflated > this.compressed * expansion;
    if (this.inflated > this.limitBytes || isTooMuch) throw expandsTooMuch();
  }
}

/** How a stream was compressed: with zlib's header (PDF) or without (ZIP). */
export type Deflation = 'zlib' | 'raw';

/**
 * Inflates `bytes` up to the end of the deflated data, gives each inflated piece to `see`, and counts it. Bytes that are no deflated data
 * end it quietly: a parser will say what is broken.
 */
export async function inflateCounted(
  bytes: Uint8Array,
  deflation: Deflation,
  meter: InflationMeter,
  see: (piece: Buffer) => void = () => {},
): Promise<void> {
  const inflate = deflation === 'zlib' ? createInflate() : createInflateRaw();
  let inflated = 0;
  let consumed = 0;
  const take = (piece: Buffer): void => {
    meter.add(piece.length, inflate.bytesWritten - consumed);
    consumed = inflate.bytesWritten;
    inflated += piece.length;
    if (inflated > PARSING_LIMITS.inflatedStreamBytes) throw expandsTooMuch();
    see(piece);
  };
  try {
    // Writing goes on beside reading, and stops where the deflated data ends.
    Readable.from(slicesOf(bytes), { objectMode: true })
      .on('error', () => {})
      .pipe(inflate);
    for await (const piece of inflate) take(piece);
  } catch (error) {
    if (error instanceof DocumentRefused) throw error;
  }
}

function* slicesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) yield bytes.subarray(at, at + SLICE_BYTES);
}

function expandsTooMuch(): DocumentRefused {
  return new DocumentRefused('The document holds far more, once inflated, than its size lets expect.');
}
