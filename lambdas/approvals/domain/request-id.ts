import { createHash } from 'node:crypto';

/**
 * The id of the request that a request key stands for: the same key always gives the same id, 27 characters of base64url. None begins with
 * `-`, which a command would take for an option.
 */
export function requestIdOf(requestKey: string): string {
  return createHash('sha256').update(requestKey).digest('base64url').slice(0, 27).replace(/^-/, '_');
}
