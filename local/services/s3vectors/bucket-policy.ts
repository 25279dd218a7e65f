import { lengthBetween, required } from './constraints';
import { validation } from './faults';
import type { VectorBucket } from './model';

/** AWS's limit for bucket policies, in bytes. */
const LIMIT_BYTES = 20_480;

/** Reads the policy of a vector bucket. Throws ValidationException for what is no policy document. */
export function readPolicy(text: string | undefined): NonNullable<VectorBucket['policy']> {
  required('/policy', text);
  lengthBetween('/policy', Buffer.from(text), 1, LIMIT_BYTES);
  const document = parse(text);
  if (document === null || typeof document !== 'object' || !('Statement' in document)) {
    throw validation('Invalid policy document', 'policy');
  }
  return { text, document };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw validation('Invalid policy document', 'policy');
  }
}
