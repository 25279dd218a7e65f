/** Owns the header block of a raw message: reading its fields, and writing it with fields left out or added. */
import { badRequest } from '../faults';
import type { HeaderField } from '../model';

/** A raw message in its two parts. Values are unfolded; encoded words stay encoded. */
export interface RawMessage {
  readonly fields: readonly HeaderField[];
  readonly body: Buffer;
}

/** Splits a message at its first empty line. Throws BadRequestException for a line that is no header field. */
export function readRawMessage(source: Buffer): RawMessage {
  const { head, body } = split(source);
  const fields = head
    .split(/\r?\n(?![ \t])/)
    .filter((line) => line !== '')
    .map((line) => {
      const field = /^([!-9;-~]+)[ \t]*:([\s\S]*)$/.exec(line);
      if (!field) throw badRequest('The raw message has a header line without a name.');
      return { name: field[1]!, value: field[2]!.replace(/\r?\n[ \t]+/g, ' ').trim() };
    });
  return { fields, body };
}

/** The first value of a header, by name in any case. */
export function headerOf(fields: readonly HeaderField[], name: string): string | undefined {
  return fields.find((field) => field.name.toLowerCase() === name.toLowerCase())?.value;
}

/** All values of a header. */
export function headersOf(fields: readonly HeaderField[], name: string): string[] {
  return fields.filter((field) => field.name.toLowerCase() === name.toLowerCase()).map(({ value }) => value);
}

export function writeRawMessage({ fields, body }: RawMessage): Buffer {
  const head = fields.map(({ name, value }) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`${head}\r\n`, 'utf8'), body]);
}

function split(source: Buffer): { head: string; body: Buffer } {
  const wide = source.indexOf('\r\n\r\n');
  const narrow = source.indexOf('\n\n');
  const isWide = wide >= 0 && (narrow < 0 || wide < narrow);
  const at = isWide ? wide : narrow;
  if (at < 0) return { head: source.toString('utf8'), body: Buffer.alloc(0) };
  return { head: source.subarray(0, at).toString('utf8'), body: source.subarray(at + (isWide ? 4 : 2)) };
}
