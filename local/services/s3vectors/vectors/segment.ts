/** The segment of a parallel list that a key belongs to: the same for a key as long as the number of segments is. */
export function segmentOf(key: string, segmentCount: number): number {
  if (segmentCount === 1) return 0;
  let hash = 0;
  for (let i = 0; i < key.length; i++) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) >>> 0;
  return ((hash ^ (hash >>> 15)) >>> 0) % segmentCount;
}
