import { writeSync } from 'node:fs';

/** Appends all bytes, also when the system takes them in pieces; gives how many there were. */
export function writeWhole(fd: number, bytes: Uint8Array): number {
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
  return bytes.length;
}
