import { createHmac, timingSafeEqual } from 'node:crypto';
import { invalidToken } from './faults';

/** What every token of AWS begins with. */
const PREFIX = Buffer.from('AQCEAAAAKgAAAAMAAAAA', 'base64');
const SIGNATURE_BYTES = 32;

/** The task that a token stands for. */
export interface TokenTarget {
  readonly executionArn: string;
  readonly taskId: string;
}

/**
 * A task token: opaque to whoever holds it, and not to be guessed, since it carries a signature made with the
 * service's secret. It needs no table, so that a token whose task has ended is known from one that never was.
 */
export function makeTaskToken(secret: Buffer, target: TokenTarget): string {
  const payload = Buffer.from(`${target.executionArn}\n${target.taskId}`);
  return Buffer.concat([PREFIX, sign(secret, payload), payload]).toString('base64');
}

/** Throws InvalidToken for anything that {@link makeTaskToken} did not make with this secret. */
export function readTaskToken(secret: Buffer, token: string): TokenTarget {
  const bytes = Buffer.from(token, 'base64');
  const signatureEnd = PREFIX.length + SIGNATURE_BYTES;
  if (bytes.length <= signatureEnd) throw invalidToken();
  const payload = bytes.subarray(signatureEnd);
  if (!timingSafeEqual(bytes.subarray(PREFIX.length, signatureEnd), sign(secret, payload))) throw invalidToken();
  const [executionArn = '', taskId = ''] = payload.toString().split('\n');
  return { executionArn, taskId };
}

function sign(secret: Buffer, payload: Buffer): Buffer {
  return createHmac('sha256', secret).update(payload).digest();
}
