import type { Metadata, MetadataValue } from '../model';

const OBJECT_BYTES = 4;
const ENTRY_BYTES = 8;
const ELEMENT_BYTES = 4;
const NUMBER_BYTES = 4;

/**
 * The size of metadata in bytes as S3 Vectors counts it against its limits: not that of the JSON text. AWS does not document
 * the count; see the README.
 */
export function metadataBytes(metadata: Metadata): number {
  let bytes = OBJECT_BYTES;
  for (const [key, value] of Object.entries(metadata)) {
    bytes += ENTRY_BYTES + Buffer.byteLength(key) + valueBytes(value);
  }
  return bytes;
}

function valueBytes(value: MetadataValue): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return NUMBER_BYTES;
  if (typeof value === 'boolean') return 0;
  const elements: readonly MetadataValue[] = value;
  return elements.reduce<number>((sum, element) => sum + ELEMENT_BYTES + valueBytes(element), 0);
}
