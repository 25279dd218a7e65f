/**
 * Owns the way of an event to its targets: asynchronous, at least once, tried again with growing pauses until the
 * target's retry policy is exhausted, then to the target's dead-letter queue.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html
 */
import { AwsError } from '../../wire/aws-error';
import type { Host } from '../../wire/host';
import { sendToQueue } from '../../wire/send-to-queue';
import { type DeliveryError, deliveryError } from './delivery-error';
import type { Delivery, Event, Rule, Target } from './model';
import type { EventBridgeStore } from './store';
import { callTarget, EVENTBRIDGE } from './target-call';
import { inputFor } from './target-input';

const DEFAULT_ATTEMPTS = 185;
const DEFAULT_AGE_SECONDS = 86_400;
const FIRST_PAUSE_MS = 1_000;
/** Reached after ten attempts: 185 attempts then fill about the 24 hours that AWS names. */
const LONGEST_PAUSE_MS = 10 * 60_000;

/** What is known of an event besides itself. */
export interface AcceptOptions {
  readonly ruleArns?: readonly string[];
  readonly traceHeader?: string;
}

/** Delivers events to targets. */
export class Deliverer {
  private readonly inTransit = new Map<string, Event>();
  private isStopped = false;

  constructor(
    private readonly host: Host,
    private readonly store: EventBridgeStore,
    private readonly archive: (archiveName: string, event: Event) => void,
  ) {}

  /**
   * Hands an event to every rule of a bus that it matches, or to those of them that are named by `ruleArns`. Returns before
   * anything is delivered.
   */
  accept(busName: string, event: Event, { ruleArns, traceHeader }: AcceptOptions = {}): void {
    for (const rule of this.store.matching(busName, event)) {
      if (ruleArns && ruleArns.length > 0 && !ruleArns.includes(rule.arn)) continue;
      this.count(rule, 'MatchedEvents');
      this.trigger(rule, event, traceHeader);
    }
  }

  /** Hands an event to the targets of a rule. */
  trigger(rule: Rule, event: Event, traceHeader?: string): void {
    this.count(rule, 'TriggeredRules');
    if (rule.archiveName !== undefined) {
      this.archive(rule.archiveName, event);
      return;
    }
    for (const target of Object.values(rule.targets)) {
      const delivery: Delivery = {
        id: this.host.kernel.random.uuid(),
        ruleArn: rule.arn,
        ruleName: rule.name,
        busName: rule.busName,
        target,
        event,
        traceHeader,
        acceptedAtMs: this.now(),
        attempts: 0,
      };
      this.store.deliveries.add(delivery);
      this.schedule(delivery, this.now());
    }
  }

  /** Tries again what an earlier process had not delivered, or was delivering when it ended. */
  resume(): void {
    for (const delivery of this.store.deliveries.all()) this.schedule(delivery, this.now());
  }

  /** The event that stands behind the word which {@link callTarget} sent along to another bus; once only. */
  takeTransit(word: string | undefined): Event | undefined {
    const event = word === undefined ? undefined : this.inTransit.get(word);
    if (event) this.inTransit.delete(word!);
    return event;
  }

  stop(): void {
    this.isStopped = true;
  }

  private schedule(delivery: Delivery, atMs: number): void {
    this.host.kernel.clock.schedule(atMs, () => {
      if (!this.isStopped) void this.attempt(delivery);
    });
  }

  private async attempt(delivery: Delivery): Promise<void> {
    this.store.deliveries.countAttempt(delivery);
    this.count(delivery, 'InvocationAttempts');
    if (delivery.attempts > 1) this.count(delivery, 'RetryInvocationAttempts');
    const transit = this.host.kernel.random.uuid();
    try {
      this.inTransit.set(transit, delivery.event);
      await callTarget(this.host, delivery, this.inputOf(delivery), transit);
      this.count(delivery, 'Invocations');
      this.store.deliveries.end(delivery);
    } catch (error) {
      await this.failed(delivery, error);
    } finally {
      this.inTransit.delete(transit);
    }
  }

  private inputOf(delivery: Delivery): string {
    const { target, event, ruleArn, ruleName } = delivery;
    const ingestionTime = new Date(delivery.acceptedAtMs).toISOString();
    return inputFor(target, event, { ruleArn, ruleName, ingestionTime });
  }

  private async failed(delivery: Delivery, thrown: unknown): Promise<void> {
    const error = deliveryError(thrown);
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (delivery.attempts - 1), LONGEST_PAUSE_MS);
    const nextAtMs = this.now() + Math.round(pauseMs * (0.5 + this.host.kernel.random.next() / 2));
    const exhausted = exhaustedCondition(delivery.target, delivery, nextAtMs);
    if (error.isRetryable && !exhausted) {
      this.schedule(delivery, nextAtMs);
      return;
    }
    this.count(delivery, 'FailedInvocations');
    await this.giveUp(delivery, error, error.isRetryable ? exhausted : undefined);
    this.store.deliveries.end(delivery);
  }

  private async giveUp(delivery: Delivery, error: DeliveryError, exhausted: string | undefined): Promise<void> {
    const { target, ruleArn, ruleName, event, traceHeader } = delivery;
    const queueArn = target.DeadLetterConfig?.Arn;
    const what = `EventBridge: rule ${ruleName} could not deliver event ${event.id} to ${target.Arn}: ${error.message}`;
    if (!queueArn) {
      this.host.warn(`${what} (${error.code}; the event is dropped)`);
      return;
    }
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    try {
      await sendToQueue(
        this.host,
        { kind: 'service', principal: EVENTBRIDGE, sourceArn: ruleArn, accountId: this.host.accountId },
        queueArn,
        {
          MessageBody: JSON.stringify(event),
          MessageAttributes: {
            RULE_ARN: text(ruleArn),
            TARGET_ARN: text(target.Arn),
            ERROR_CODE: text(error.code),
            ERROR_MESSAGE: text(error.message || error.code),
            ...(exhausted && { EXHAUSTED_RETRY_CONDITION: text(exhausted) }),
            RETRY_ATTEMPTS: { DataType: 'Number', StringValue: String(delivery.attempts - 1) },
          },
        },
        traceHeader,
      );
      this.count(delivery, 'InvocationsSentToDlq');
    } catch (dlqError) {
      this.count(delivery, 'InvocationsFailedToBeSentToDlq');
      const reason = dlqError instanceof AwsError ? dlqError.message : String(dlqError);
      this.host.warn(`${what}; its dead-letter queue ${queueArn} did not take it either: ${reason}`);
    }
  }

  private count(of: { busName: string } & ({ name: string } | { ruleName: string }), metric: string): void {
    const RuleName = 'name' in of ? of.name : of.ruleName;
    const dimensions: Record<string, string> =
      of.busName === 'default' ? { RuleName } : { EventBusName: of.busName, RuleName };
    this.host.metric('AWS/Events', metric, dimensions, 1, 'Count');
  }

  private now(): number {
    return this.host.kernel.clock.now();
  }
}

/** Which limit of the retry policy an attempt at `nextAtMs` would break. */
function exhaustedCondition(target: Target, delivery: Delivery, nextAtMs: number): string | undefined {
  const { MaximumRetryAttempts = DEFAULT_ATTEMPTS, MaximumEventAgeInSeconds = DEFAULT_AGE_SECONDS } =
    target.RetryPolicy ?? {};
  if (delivery.attempts > MaximumRetryAttempts) return 'MaximumRetryAttempts';
  if (nextAtMs - delivery.acceptedAtMs > MaximumEventAgeInSeconds * 1000) return 'MaximumEventAgeInSeconds';
  return undefined;
}
