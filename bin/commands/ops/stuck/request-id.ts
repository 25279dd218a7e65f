import { createHash } from 'node:crypto';

/** The id of the request that a question became, as the approvals' function makes it of the question's key. */
export function requestIdOf(requestKey: string): string {
  return createHash('sha256').update(requestKey).digest('base64url').slice(0, 27).replace(/^-/, '_');
}
