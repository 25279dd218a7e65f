import { createHmac } from 'node:crypto';
import { createHttpWebhook } from '../../../lambdas/fan-out/adapters/http-webhook';
import { createSecretVersions } from '../../../lambdas/fan-out/adapters/secret-versions';
import type { CallReport } from '../../../lambdas/fan-out/domain/breaker/breaker';
import { createCallWebhook } from '../../../lambdas/fan-out/domain/call-webhook';
import type { Webhook } from '../../../lambdas/fan-out/domain/webhook';
import { isSignedWebhook, signWebhook } from '../../../lambdas/fan-out/domain/webhook-signature';
import { silentLog } from '../../../lambdas/shared/observability/log';
import { silentMeter } from '../../../lambdas/shared/observability/meter';

const NOW = Date.UTC(2026, 0, 1);
const clock = { now: () => NOW, sleep: async () => undefined };
const unobserved = { log: silentLog, meter: silentMeter };
const secret = (letter: string) => Buffer.alloc(32, letter).toString('base64');
const event = {
  eventId: 'o-1:OrderConfirmed',
  type: 'OrderConfirmed',
  source: 'stepwright.orders',
  detail: { orderId: 'o-1' },
};

describe('the signature of a webhook', () => {
  const message = { id: 'msg_1', body: '{"a":1}', nowMs: NOW };

  it('is the HMAC of id, timestamp and body under the decoded secret, one for each secret', () => {
    const headers = signWebhook(message, [`whsec_${secret('a')}`, secret('b')]);
    const timestamp = String(NOW / 1000);
    const wanted = ['a', 'b'].map((letter) => {
      const key = Buffer.alloc(32, letter);
      return `v1,${createHmac('sha256', key).update(`msg_1.${timestamp}.{"a":1}`).digest('base64')}`;
    });
    expect(headers).toEqual({
      'webhook-id': 'msg_1',
      'webhook-timestamp': timestamp,
      'webhook-signature': wanted.join(' '),
    });
  });

  it('is taken by a receiver that knows either secret', () => {
    const headers = { ...signWebhook(message, [secret('a'), secret('b')]) };
    expect(isSignedWebhook(headers, message.body, [secret('a')], NOW)).toBe(true);
    expect(isSignedWebhook(headers, message.body, [secret('b')], NOW)).toBe(true);
  });

  it.each([
    ['another secret', {}, '{"a":1}', 'c', NOW],
    ['another body', {}, '{"a":2}', 'a', NOW],
    ['another id', { 'webhook-id': 'msg_2' }, '{"a":1}', 'a', NOW],
    ['a time that is long past', {}, '{"a":1}', 'a', NOW + 301_000],
    ['a timestamp that is none', { 'webhook-timestamp': 'now' }, '{"a":1}', 'a', NOW],
    ['no signature', { 'webhook-signature': '' }, '{"a":1}', 'a', NOW],
  ])('is refused with %s', (_what, changes, body, letter, nowMs) => {
    const headers = { ...signWebhook(message, [secret('a')]), ...changes };
    expect(isSignedWebhook(headers, body, [secret(letter)], nowMs)).toBe(false);
  });
});

describe('the answer of a webhook', () => {
  const post = (answer: () => Promise<Response>) =>
    createHttpWebhook({
      url: 'https://receiver.example/',
      clock,
      timeoutMs: 50,
      fetch: (async () => answer()) as never,
    }).post({
      headers: {},
      body: '{}',
    });

  it.each([
    ['7', 7_000],
    ['Thu, 01 Jan 2026 00:00:09 GMT', 9_000],
    ['soon', undefined],
  ])('asks to wait with Retry-After: %s', async (value, retryAfterMs) => {
    const headers = { 'retry-after': value };
    expect(await post(async () => new Response(null, { status: 429, headers }))).toEqual({ status: 429, retryAfterMs });
  });

  it('is read no further than its limit, and a redirect is not followed', async () => {
    let pulled = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        pulled++;
        controller.enqueue(new Uint8Array(4096));
      },
    });
    expect((await post(async () => new Response(endless, { status: 200 }))).status).toBe(200);
    expect(pulled).toBeLessThan(20);
    let init: RequestInit | undefined;
    const call = async (_url: unknown, given: RequestInit) => {
      init = given;
      return new Response(null, { status: 302, headers: { location: 'http://169.254.169.254/' } });
    };
    const webhook = createHttpWebhook({ url: 'https://receiver.example/', clock, timeoutMs: 50, fetch: call as never });
    expect(await webhook.post({ headers: {}, body: '{}' })).toMatchObject({ status: 302 });
    expect(init?.redirect).toBe('manual');
  });

  it.each([
    ['WebhookFailed', false, Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })],
    ['WebhookTimedOut', true, Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } })],
    ['WebhookTimedOut', true, Object.assign(new Error('too late'), { name: 'TimeoutError' })],
  ])('fails with %s, which may have landed: %s', async (name, mayHaveLanded, thrown) => {
    await expect(post(() => Promise.reject(thrown))).rejects.toMatchObject({ name, mayHaveLanded });
  });
});

describe('calling the webhook', () => {
  function call(answers: { status: number; retryAfterMs?: number }[], live: string[][] = [[secret('a')]]) {
    const told: CallReport[] = [];
    const sent: Record<string, string>[] = [];
    const webhook: Webhook = {
      post: async ({ headers }) => {
        sent.push({ ...headers });
        return answers.shift()!;
      },
    };
    const run = createCallWebhook({
      deliverOnce: async (_key, _invocation, deliver) => deliver({ owner: 'me', untilMs: NOW + 10_000 }),
      webhook,
      secrets: { live: async () => live[0]!, refresh: async () => live.at(-1)! },
      breaker: {
        ask: async () => ({ generation: 0, isProbe: false }),
        tell: async (_of, says) => void told.push(says),
      },
      clock,
      ...unobserved,
    });
    const outcome = run({ event }, { awsRequestId: 'r', getRemainingTimeInMillis: () => 10_000 });
    return { outcome, told, sent };
  }

  it.each([
    [410, undefined, 'WebhookRefused', { kind: 'up' }],
    [404, undefined, 'WebhookRefused', { kind: 'up' }],
    [302, undefined, 'WebhookRefused', { kind: 'up' }],
    [408, undefined, 'WebhookFailed', { kind: 'down' }],
    [500, undefined, 'WebhookFailed', { kind: 'down' }],
    [429, undefined, 'WebhookThrottled', { kind: 'up' }],
    [429, 3_000, 'WebhookThrottled', { kind: 'paused', forMs: 3_000 }],
    [503, 3_000, 'WebhookThrottled', { kind: 'paused', forMs: 3_000 }],
  ])(
    'that answers %d (Retry-After %s) fails with %s and tells the breaker',
    async (status, retryAfterMs, name, says) => {
      const { outcome, told } = call([{ status, retryAfterMs }]);
      await expect(outcome).rejects.toMatchObject({ name });
      expect(told).toEqual([says]);
    },
  );

  it('that knows only the new secret is sent the event again within the same attempt', async () => {
    const { outcome, sent } = call([{ status: 401 }, { status: 204 }], [[secret('a')], [secret('b'), secret('a')]]);
    expect(await outcome).toMatchObject({ status: 'delivered' });
    expect(sent.map((headers) => headers['webhook-signature']?.split(' ').length)).toEqual([1, 2]);
  });

  it('that refuses the secret is not asked again with the same one', async () => {
    const { outcome, sent } = call([{ status: 401 }]);
    await expect(outcome).rejects.toMatchObject({ name: 'WebhookRefused' });
    expect(sent).toHaveLength(1);
  });
});

describe('the secrets of the webhook', () => {
  it('are the current and the previous one, read once a minute', async () => {
    const time = { now: NOW };
    const versions: Record<string, string | undefined> = { AWSCURRENT: 'one' };
    let reads = 0;
    const client = {
      send: async ({ input }: any) => {
        reads++;
        const SecretString = versions[input.VersionStage];
        if (SecretString === undefined) throw Object.assign(new Error('none'), { name: 'ResourceNotFoundException' });
        return { SecretString };
      },
    };
    const secrets = createSecretVersions({ client, secretId: 's', clock: { ...clock, now: () => time.now } });
    expect(await secrets.live()).toEqual(['one']);
    Object.assign(versions, { AWSCURRENT: 'two', AWSPREVIOUS: 'one' });
    expect(await secrets.live()).toEqual(['one']);
    expect(reads).toBe(2);
    time.now += 60_000;
    expect(await secrets.live()).toEqual(['two', 'one']);
  });
});
