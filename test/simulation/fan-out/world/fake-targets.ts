import { isSignedWebhook } from '../../../../lambdas/fan-out/domain/webhook-signature';
import type { Clock } from '../../../../local/kernel/clock';
import { pass } from '../../world/disturbed-service';
import type { Dice } from '../../world/world-plan';
import type { FanOutPlan } from './fan-out-plan';

/** Something that a target has taken. */
export interface Acceptance {
  readonly target: 'mail' | 'webhook';
  readonly eventId: string;
  readonly content: string;
}

/** Of 32 bytes, as Standard Webhooks has them. */
export const OLD_SECRET = Buffer.alloc(32, 'old').toString('base64');
export const NEW_SECRET = Buffer.alloc(32, 'new').toString('base64');

/** When the sender's secret is rotated. */
const ROTATED_AT_MS = 20_000;
/** When the receiver forgets the old one and learns the new: after the minute for which functions keep what they read. */
const RECEIVER_CHANGES_AT_MS = ROTATED_AT_MS + 61_000;

/** How long a function waits for a webhook. */
const WEBHOOK_TIMEOUT_MS = 4_000;

/** SES and a webhook, which fail as the plan has it, and remember what they took whatever they answered. */
export class FakeTargets {
  readonly accepted: Acceptance[] = [];
  readonly badSignatures: string[] = [];
  /** Answers that were lost after the target had accepted. */
  lostAnswers = 0;
  isRepaired = false;
  private readonly startMs: number;

  constructor(
    private readonly plan: FanOutPlan,
    private readonly clock: Clock,
    private readonly dice: Dice,
  ) {
    this.startMs = clock.now();
  }

  /** The versions of the secret as Secrets Manager has them now. */
  secret(stage: string): string | undefined {
    const isRotated = this.elapsed() >= ROTATED_AT_MS;
    if (stage === 'AWSCURRENT') return isRotated ? NEW_SECRET : OLD_SECRET;
    return isRotated ? OLD_SECRET : undefined;
  }

  /** SES's SendEmail. */
  async sendEmail(input: any): Promise<{ MessageId: string }> {
    await pass(this.clock, this.dice.between(5, 60));
    const eventId = input.Content.Simple.Headers.find(({ Name }: any) => Name === 'X-Event-Id').Value;
    if (!this.isRepaired && this.event(eventId).isMailRefused) throw named('MessageRejected');
    if (this.strikes()) throw named('TooManyRequestsException');
    this.accepted.push({ target: 'mail', eventId, content: JSON.stringify(input.Content) });
    if (this.losesAnswer()) {
      await pass(this.clock, 3_000);
      throw named('TimeoutError');
    }
    return { MessageId: `mail-${this.accepted.length}` };
  }

  /** The webhook, as `fetch` reaches it. */
  readonly fetch = (async (_url: unknown, init: RequestInit) => {
    const { clock, dice } = this;
    await pass(clock, dice.between(5, 80));
    const headers = Object.fromEntries(new Headers(init.headers));
    const body = String(init.body);
    const eventId = headers['webhook-id'] as string;
    if (this.strikes()) return this.failedAnswer();
    const known = this.elapsed() < RECEIVER_CHANGES_AT_MS ? OLD_SECRET : NEW_SECRET;
    if (!isSignedWebhook(headers, body, [known], clock.now())) {
      this.badSignatures.push(eventId);
      return new Response(null, { status: 401 });
    }
    if (!this.isRepaired && this.event(eventId).isWebhookRefused) return new Response(null, { status: 410 });
    this.accepted.push({ target: 'webhook', eventId, content: body });
    if (this.losesAnswer()) {
      await pass(clock, WEBHOOK_TIMEOUT_MS);
      throw named('TimeoutError');
    }
    return new Response(null, { status: 204 });
  }) as typeof fetch;

  private failedAnswer(): Response {
    const status = this.dice.pick([500, 502, 429, 503, 0]);
    if (status === 0) throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
    const headers: Record<string, string> = status === 429 && this.dice.chance(0.3) ? { 'retry-after': '3' } : {};
    return new Response('try again', { status, headers });
  }

  private event(eventId: string) {
    return this.plan.events.find((event) => event.eventId === eventId)!;
  }

  private strikes(): boolean {
    return !this.isRepaired && this.dice.chance(this.plan.faultRate);
  }

  private losesAnswer(): boolean {
    const isLost = this.plan.hasLostAnswers && !this.isRepaired && this.dice.chance(this.plan.faultRate / 2);
    if (isLost) this.lostAnswers++;
    return isLost;
  }

  private elapsed(): number {
    return this.clock.now() - this.startMs;
  }
}

function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}
