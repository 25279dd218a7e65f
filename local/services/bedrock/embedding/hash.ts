/** Hashes of 32 bits, the same on every machine. */

const FNV_BASIS = 0x811c9dc5;

/** FNV-1a over the code units; goes on from the hash of what stands before the text, when that is given. */
export function hashText(text: string, before = FNV_BASIS): number {
  let hash = before;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** The next of a chain of hashes: a step, and MurmurHash3's mixing. */
export function scramble(hash: number): number {
  let mixed = (hash + 0x9e3779b9) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
