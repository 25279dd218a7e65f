/** What fetching an address may take. */
export const FETCH_LIMITS = {
  bytes: 20 * 1024 * 1024,
  timeMs: 30_000,
  redirects: 5,
  addressCharacters: 2_000,
  headerBytes: 16 * 1024,
} as const;
