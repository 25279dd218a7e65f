/** Where things lie in the work bucket. */
export const workKeys = {
  parsed: (run: string) => `work/${run}/blocks.jsonl`,
  fetched: (run: string) => `work/${run}/fetched`,
  chunked: (run: string) => `work/${run}/chunks.jsonl`,
  /** The folder of the vectors of a document. */
  vectors: (run: string) => `work/${run}/vectors`,
  /** Vectors of SEGMENT_CHUNKS chunks, one after the other, little-endian float32. */
  segment: (folder: string, index: number) => `${folder}/${String(index).padStart(6, '0')}.bin`,
  checkpoint: (run: string) => `work/${run}/embed.json`,
  manifest: (loadId: string) => `work/loads/${loadId}/manifest.jsonl`,
  workList: (loadId: string) => `work/loads/${loadId}/worklist.jsonl`,
  results: (loadId: string) => `work/loads/${loadId}/results/`,
};

/** Chunks whose vectors make one segment: what Embed holds in memory, and what one put takes. */
export const SEGMENT_CHUNKS = 256;

/** The run of the document at a place of a bulk load. */
export function bulkRunOf(loadId: string, index: number): string {
  return `${loadId}-${index}`;
}

/** The bulk load that a run belongs to; undefined for a single one. */
export function loadIdOf(run: string): string | undefined {
  return /^(.+)-\d+$/.exec(run)?.[1];
}
