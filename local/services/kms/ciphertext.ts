/**
 * The ciphertext blob: a mark, the key's id, the number of its material, then AES-256-GCM's nonce, tag and data. The head and the
 * encryption context are authenticated with the data.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Random } from '../../kernel/random';
import { canonicalContext, type EncryptionContext } from './encryption-context';
import { invalidCiphertext } from './faults';
import type { KeyRecord } from './model';

const MARK = Buffer.from([0x01, 0x02, 0x02, 0x00]);
const ID_BYTES = 16;
const VERSION_BYTES = 4;
const HEAD_BYTES = MARK.length + ID_BYTES + VERSION_BYTES;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts with the key's present material. */
export function seal(key: KeyRecord, plaintext: Buffer, context: EncryptionContext, random: Random): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  MARK.copy(head);
  head.write(key.id.replaceAll('-', ''), MARK.length, 'hex');
  head.writeUInt32BE(key.material.length - 1, MARK.length + ID_BYTES);
  const nonce = random.bytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.material.at(-1)!, nonce);
  cipher.setAAD(Buffer.concat([head, canonicalContext(context)]));
  const data = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([head, nonce, cipher.getAuthTag(), data]);
}

/** The id of the key that a blob was made with. Throws InvalidCiphertextException for what is no blob of ours. */
export function keyIdOf(blob: Buffer): string {
  if (blob.length < HEAD_BYTES + NONCE_BYTES + TAG_BYTES || !blob.subarray(0, MARK.length).equals(MARK)) {
    throw invalidCiphertext();
  }
  const hex = blob.toString('hex', MARK.length, MARK.length + ID_BYTES);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Decrypts what {@link seal} made with the same key and context. Throws InvalidCiphertextException for anything else. */
export function open(key: KeyRecord, blob: Buffer, context: EncryptionContext): Buffer {
  const head = blob.subarray(0, HEAD_BYTES);
  const material = key.material[head.readUInt32BE(MARK.length + ID_BYTES)];
  if (!material || keyIdOf(blob) !== key.id) throw invalidCiphertext();
  const tagAt = HEAD_BYTES + NONCE_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', material, blob.subarray(HEAD_BYTES, tagAt));
  decipher.setAAD(Buffer.concat([head, canonicalContext(context)]));
  decipher.setAuthTag(blob.subarray(tagAt, tagAt + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(blob.subarray(tagAt + TAG_BYTES)), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}
