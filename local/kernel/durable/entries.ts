/**
 * Owns the payload of a frame: entries, each a record that was put or deleted. Values stand in it as bytes of their own, so that
 * they can be copied, and read when they are asked for, without reading the others.
 */

/** A change of one record; `value` is absent when it was deleted. */
export interface Entry {
  readonly collection: string;
  readonly key: string;
  readonly value?: Uint8Array;
}

/** An entry, and where in its payload the value begins. */
export interface ReadEntry extends Entry {
  readonly valueOffset: number;
  readonly value?: Buffer;
}

const PUT = 1;
const DELETE = 2;
const HEAD_BYTES = 11;

/** How many bytes an entry takes. */
export function sizeOf(collection: string, key: string, valueBytes: number): number {
  return HEAD_BYTES + Buffer.byteLength(collection) + Buffer.byteLength(key) + valueBytes;
}

/** What stands before the value of an entry. */
export function entryHead({ collection, key, value }: Entry): Buffer {
  const collectionBytes = Buffer.byteLength(collection);
  const keyBytes = Buffer.byteLength(key);
  const head = Buffer.allocUnsafe(HEAD_BYTES + collectionBytes + keyBytes);
  head.writeUInt8(value ? PUT : DELETE, 0);
  head.writeUInt16LE(collectionBytes, 1);
  head.writeUInt32LE(keyBytes, 3);
  head.writeUInt32LE(value?.length ?? 0, 7);
  head.write(collection, HEAD_BYTES);
  head.write(key, HEAD_BYTES + collectionBytes);
  return head;
}

/** The entries of a payload, in order. */
export function* readEntries(payload: Buffer): Generator<ReadEntry> {
  for (let offset = 0; offset < payload.length; ) {
    const isPut = payload.readUInt8(offset) === PUT;
    const collectionEnd = offset + HEAD_BYTES + payload.readUInt16LE(offset + 1);
    const valueOffset = collectionEnd + payload.readUInt32LE(offset + 3);
    const end = valueOffset + payload.readUInt32LE(offset + 7);
    yield {
      collection: payload.toString('utf8', offset + HEAD_BYTES, collectionEnd),
      key: payload.toString('utf8', collectionEnd, valueOffset),
      valueOffset,
      value: isPut ? payload.subarray(valueOffset, end) : undefined,
    };
    offset = end;
  }
}
