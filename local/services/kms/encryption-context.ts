/** The encryption context of a request: bound to the ciphertext, and visible to policies. */
import { constraintBroken } from './faults';

export type EncryptionContext = Readonly<Record<string, string>>;

/** Throws ValidationException for a context that is not text to text. */
export function readContext(context: unknown): EncryptionContext {
  if (context === undefined || context === null) return {};
  const isObject = typeof context === 'object' && !Array.isArray(context);
  if (!isObject || Object.values(context).some((value) => typeof value !== 'string')) {
    throw constraintBroken('encryptionContext', JSON.stringify(context), 'be a map of strings');
  }
  return context as EncryptionContext;
}

/** The same bytes for the same pairs, in whatever order they came: the additional data of the encryption. */
export function canonicalContext(context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.from(JSON.stringify(pairs));
}

/**
 * `kms:EncryptionContext:KEY` for each pair, and `kms:EncryptionContextKeys`.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export function contextConditionKeys(context: EncryptionContext): Record<string, string | string[]> {
  const names = Object.keys(context);
  if (names.length === 0) return {};
  const pairs = Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]);
  return { ...Object.fromEntries(pairs), 'kms:EncryptionContextKeys': names };
}
