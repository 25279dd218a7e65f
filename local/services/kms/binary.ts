import { constraintBroken } from './faults';

/** A binary member of a request, base64 on the wire. Throws ValidationException for none, or one of another length. */
export function readBinary(member: string, value: unknown, limitBytes: number): Buffer {
  if (typeof value !== 'string') throw constraintBroken(member, null, 'not be null');
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length === 0) throw constraintBroken(member, '', 'have length greater than or equal to 1');
  if (bytes.length > limitBytes) {
    throw constraintBroken(
      member,
      '*** Sensitive Data Redacted ***',
      `have length less than or equal to ${limitBytes}`,
    );
  }
  return bytes;
}
