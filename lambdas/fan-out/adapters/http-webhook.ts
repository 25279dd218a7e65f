import type { Clock } from '../../shared/clock';
import { WebhookFailed, WebhookTimedOut } from '../contracts/errors';
import type { Webhook } from '../domain/webhook';

/** What the webhook is called with. */
export interface HttpWebhookProps {
  readonly url: string;
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** @default the machine's own */
  readonly fetch?: typeof fetch;
}

/** What is read of an answer, so that its connection can be used again; a longer one is cut off. */
const ANSWER_LIMIT_BYTES = 16 * 1024;

/** Failures before anything was sent; after any other the receiver may have it. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** A webhook over HTTP. */
export function createHttpWebhook({ url, clock, timeoutMs, fetch: call = fetch }: HttpWebhookProps): Webhook {
  return {
    async post({ headers, body }) {
      try {
        const answer = await call(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'user-agent': 'Stepwright-Webhooks/1', ...headers },
          body,
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
        });
        await drain(answer);
        return { status: answer.status, retryAfterMs: retryAfterOf(answer.headers.get('retry-after'), clock.now()) };
      } catch (error) {
        throw failureOf(error, timeoutMs);
      }
    },
  };
}

/** The answer's status is what counts: whatever happens to its body is no failure. */
async function drain(answer: Response): Promise<void> {
  const reader = answer.body?.getReader();
  if (!reader) return;
  let bytes = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      bytes += part.value.byteLength;
      if (bytes > ANSWER_LIMIT_BYTES) break;
    }
  } catch {
    return;
  }
  await reader.cancel().catch(() => undefined);
}

/** Seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#name-retry-after */
function retryAfterOf(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

function failureOf(error: unknown, timeoutMs: number): Error {
  const { name, cause } = error as Error & { cause?: { code?: string } };
  if (name === 'TimeoutError') return new WebhookTimedOut(`The webhook did not answer within ${timeoutMs} ms.`);
  const code = cause?.code ?? name;
  if (NOT_SENT.has(code)) return new WebhookFailed(`The webhook could not be reached: ${code}.`);
  return new WebhookTimedOut(`The webhook's answer was lost: ${code}.`);
}
