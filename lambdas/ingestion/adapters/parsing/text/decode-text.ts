/** Bytes to text as they come: UTF-8, UTF-16 by its mark or its zeros. Owns the count of what was no text. */
import { TextDecoder } from 'node:util';
import { DocumentRefused } from '../../../contracts/errors';
import { PARSING_LIMITS } from '../limits';

const SAMPLE_BYTES = 64 * 1024;
const REPLACEMENT = 0xfffd;
/** Control characters that texts have: backspace, tab, line and form feed, carriage return, escape. */
const IN_TEXTS = new Set([0x08, 0x09, 0x0a, 0x0c, 0x0d, 0x1b]);
/** In a sample, such characters beyond this share make it binary. */
const BINARY_SHARE = 0.03;

/**
 * Decodes one document. Invalid bytes become U+FFFD and are counted; U+FFFD that were there before count too.
 */
export class TextReader {
  /** Characters that stand for bytes which were no valid text. */
  replaced = 0;
  private controls = 0;
  private characters = 0;

  /** The text in pieces. Throws DocumentRefused when it is binary. */
  async *read(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<string> {
    let sample: Uint8Array[] | undefined = [];
    let sampled = 0;
    let decoder: TextDecoder | undefined;
    for await (const piece of bytes) {
      if (decoder) {
        yield this.counted(decoder.decode(piece, { stream: true }));
        continue;
      }
      // Copied: a stream may use its buffer again.
      sample!.push(Uint8Array.from(piece));
      sampled += piece.length;
      if (sampled < SAMPLE_BYTES) continue;
      decoder = new TextDecoder(encodingOf(Buffer.concat(sample!)));
      yield this.beginning(decoder.decode(Buffer.concat(sample!), { stream: true }));
      sample = undefined;
    }
    if (!decoder) {
      const all = Buffer.concat(sample!);
      yield this.beginning(new TextDecoder(encodingOf(all)).decode(all));
    } else {
      yield this.counted(decoder.decode());
    }
    if (this.replaced + this.controls > this.characters * PARSING_LIMITS.unreadableShare) throw notText();
  }

  private beginning(text: string): string {
    const counted = this.counted(text);
    if (this.controls > this.characters * BINARY_SHARE + 2) throw notText();
    if (this.replaced > this.characters * PARSING_LIMITS.unreadableShare) throw notText();
    return counted;
  }

  private counted(text: string): string {
    this.characters += text.length;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === REPLACEMENT) this.replaced += 1;
      else if (unit < 0x20 && !IN_TEXTS.has(unit)) this.controls += 1;
    }
    return text;
  }
}

/** Decodes a whole document. */
export async function decodeText(bytes: Uint8Array): Promise<{ text: string; replacedBytes: number }> {
  const reader = new TextReader();
  let text = '';
  for await (const piece of reader.read([bytes])) text += piece;
  return { text, replacedBytes: reader.replaced };
}

function encodingOf(sample: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = sample;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const length = Math.min(sample.length, 4096) & ~1;
  const zeros = [0, 0];
  for (let at = 0; at < length; at++) if (sample[at] === 0) zeros[at % 2]! += 1;
  const [even, odd] = zeros as [number, number];
  // Latin text in UTF-16 has a zero in most of its pairs, always on the same side.
  if (odd > length * 0.35 && even < length * 0.01) return 'utf-16le';
  if (even > length * 0.35 && odd < length * 0.01) return 'utf-16be';
  return 'utf-8';
}

function notText(): DocumentRefused {
  return new DocumentRefused('The document is called text and holds mostly bytes that are no text.');
}
