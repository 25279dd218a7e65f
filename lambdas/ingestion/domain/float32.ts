/** Vectors one after the other as little-endian float32. */
export function packVectors(vectors: readonly Float32Array[]): Buffer {
  const dimensions = vectors[0]?.length ?? 0;
  const bytes = Buffer.alloc(vectors.length * dimensions * 4);
  vectors.forEach((vector, row) => {
    for (let column = 0; column < dimensions; column += 1) {
      bytes.writeFloatLE(vector[column]!, (row * dimensions + column) * 4);
    }
  });
  return bytes;
}

/** The vectors of `dimensions` numbers in such bytes. Throws RangeError when the bytes are no whole number of them. */
export function unpackVectors(bytes: Uint8Array, dimensions: number): Float32Array[] {
  const size = dimensions * 4;
  if (bytes.length % size !== 0) {
    throw new RangeError(`${bytes.length} bytes are no vectors of ${dimensions} dimensions.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / size }, (_, row) =>
    Float32Array.from({ length: dimensions }, (_, column) => view.getFloat32(row * size + column * 4, true)),
  );
}
