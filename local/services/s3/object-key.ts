import { invalidArgument, keyTooLong, metadataTooLarge } from './faults';

const LIMIT_KEY_BYTES = 1024;
const LIMIT_METADATA_BYTES = 2048;

/** Throws KeyTooLongError for a key of more than 1024 bytes of UTF-8. */
export function checkKey(key: unknown): string {
  if (typeof key !== 'string' || key === '') throw invalidArgument('Object key is missing', 'Key', key);
  const bytes = Buffer.byteLength(key);
  if (bytes > LIMIT_KEY_BYTES) throw keyTooLong(bytes, LIMIT_KEY_BYTES);
  return key;
}

/** User metadata with names in lower case. Throws MetadataTooLarge over 2 KB of names and values. */
export function readMetadata(metadata: Readonly<Record<string, string>> = {}): Record<string, string> {
  const entries = Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  const bytes = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes > LIMIT_METADATA_BYTES) throw metadataTooLarge(bytes, LIMIT_METADATA_BYTES);
  return Object.fromEntries(entries);
}
