import { z } from 'zod';

/** What the fan-out of events asks of a stage. */
export const fanOutSettings = z.strictObject({
  /** The address that customers' mails come from. */
  senderAddress: z.email('must be an e-mail address such as shop@example.com'),
  /** `create`: the stack asks SES to verify the address. `existing`: the address or its domain is verified already. */
  senderIdentity: z.enum(['create', 'existing']),
  webhook: z.discriminatedUnion('receiver', [
    /** A function of the stack itself, which writes down what it gets. */
    z.strictObject({ receiver: z.literal('built-in') }),
    z.strictObject({
      receiver: z.literal('url'),
      url: z.url({ protocol: /^https?$/, error: 'must be an https URL: pass it with -c webhookUrl=URL' }),
    }),
  ]),
  breaker: z.strictObject({
    /** Calls of the webhook that fail within the window before it is left alone. */
    failures: z.int().min(1).max(1000),
    windowSeconds: z.int().min(1).max(3600),
    /** How long it is left alone before one call tries it. */
    openSeconds: z.int().min(1).max(3600),
    /** The longest that its Retry-After is heeded for. */
    longestPauseSeconds: z.int().min(1).max(3600),
  }),
  /** Days for which it is remembered which target has which event: longer than an event can come again. */
  keepDeliveriesDays: z.int().min(15).max(3650),
  /** How often a message of the check or the replay queue is tried. */
  maxReceiveCount: z.int().min(3).max(100),
  /** How many copies of replay-deliveries may work at once; 2 is the least that Lambda takes. */
  replayConcurrency: z.int().min(2).max(1000),
  /** What the built-in receiver takes. */
  requestsPerSecond: z.int().min(1).max(10_000),
  burst: z.int().min(1).max(5000),
});

/** What is wrong with the settings of the fan-out in production: a path and a message, one for each. */
export function fanOutRefusals({ webhook }: z.infer<typeof fanOutSettings>): { path: string[]; message: string }[] {
  if (webhook.receiver === 'built-in') {
    return [
      {
        path: ['fanOut', 'webhook', 'receiver'],
        message: "is 'built-in', which nobody reads: choose 'url' in production",
      },
    ];
  }
  if (webhook.url.startsWith('https://')) return [];
  return [{ path: ['fanOut', 'webhook', 'url'], message: 'must be https in production: orders travel to it' }];
}
