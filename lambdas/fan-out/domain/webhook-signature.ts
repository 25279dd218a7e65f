import { createHmac, timingSafeEqual } from 'node:crypto';

/** What the three headers of a webhook say: https://www.standardwebhooks.com */
export interface SignedHeaders {
  readonly 'webhook-id': string;
  /** Seconds since the epoch. */
  readonly 'webhook-timestamp': string;
  /** One `v1,<base64>` for each secret that is live, a space between them. */
  readonly 'webhook-signature': string;
}

/** How far the clock of a sender may be from the receiver's, in seconds. */
export const TOLERANCE_SECONDS = 300;

/** The headers of one sending, signed with every secret that is live. Throws an Error when there is none. */
export function signWebhook(
  { id, body, nowMs }: { id: string; body: string; nowMs: number },
  secrets: readonly string[],
): SignedHeaders {
  if (secrets.length === 0) throw new Error('There is no secret to sign with.');
  const timestamp = String(Math.floor(nowMs / 1000));
  const signatures = secrets.map((secret) => `v1,${signatureOf(id, timestamp, body, secret)}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

/** Whether one of the signatures was made with one of the secrets, not long ago. Compares in constant time. */
export function isSignedWebhook(
  headers: Readonly<Record<string, string | undefined>>,
  body: string,
  secrets: readonly string[],
  nowMs: number,
): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': given } = headers;
  if (!id || !given || !timestamp || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const wanted = secrets.map((secret) => Buffer.from(`v1,${signatureOf(id, timestamp, body, secret)}`));
  return given.split(' ').some((signature) => {
    const shown = Buffer.from(signature);
    return wanted.some((one) => one.length === shown.length && timingSafeEqual(one, shown));
  });
}

/** A secret is base64, with or without `whsec_` in front of it. */
function signatureOf(id: string, timestamp: string, body: string, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
}
