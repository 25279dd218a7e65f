import { createHash } from 'node:crypto';

/** The id of the request that a request key stands for: the same key always gives the same id. */
export function requestIdOf(requestKey: string): string {
  return createHash('sha256').update(requestKey).digest('base64url').slice(0, 27);
}
