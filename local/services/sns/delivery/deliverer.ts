/**
 * Owns the way of a message to the subscriptions of its topic: asynchronous, at least once, tried again by the policy of the
 * protocol, then to the subscription's dead-letter queue.
 *
 * Invariants
 * 1. The deliveries of a lane reach the endpoint one after the other, in the order in which they were published.
 * 2. What is under way is durable until it has arrived or was given up.
 */
import { AwsError } from '../../../wire/aws-error';
import { sendToQueue } from '../../../wire/send-to-queue';
import { passesFilter } from '../filter-policy';
import type { Delivery, Notification, Posting, Subscription, Topic } from '../model';
import { countFor, type SnsParts } from '../sns-parts';
import { deadLetterArn, isRaw } from '../subscription-attributes';
import { isFifo } from '../topic-attributes';
import { endpointError } from './endpoint-error';
import { envelope, textFor } from './envelope';
import { pauseSeconds } from './retry-policy';
import { SNS, sendToEndpoint } from './send-to-endpoint';

/** Delivers postings. */
export class Deliverer {
  private readonly lanes = new Map<string, Delivery[]>();
  private isStopped = false;

  constructor(private readonly sns: SnsParts) {}

  /** Hands a notification to every confirmed subscription that wants it. Returns before anything is delivered. */
  publish(topic: Topic, notification: Notification): void {
    for (const subscription of this.sns.store.subscriptionsTo(topic.arn)) {
      if (subscription.isPending) continue;
      if (passesFilter(subscription, notification))
        this.post(topic, subscription, { type: 'Notification', notification });
      else countFor(this.sns.host, topic, 'NumberOfNotificationsFilteredOut');
    }
  }

  /** Sends one posting off. */
  post(topic: Topic, subscription: Subscription, posting: Posting): void {
    const id = this.sns.host.kernel.random.uuid();
    const group = posting.type === 'Notification' && isFifo(topic) ? posting.notification.groupId : undefined;
    const lane = group === undefined ? id : `${subscription.arn} ${group}`;
    const delivery: Delivery = { id, subscriptionArn: subscription.arn, posting, lane, attempts: 0 };
    this.sns.store.deliveries.add(delivery);
    this.enqueue(delivery);
  }

  /** Goes on with what an earlier process left under way. */
  resume(): void {
    for (const delivery of this.sns.store.deliveries.all()) this.enqueue(delivery);
  }

  stop(): void {
    this.isStopped = true;
  }

  private enqueue(delivery: Delivery): void {
    const lane = this.lanes.get(delivery.lane) ?? [];
    this.lanes.set(delivery.lane, lane);
    lane.push(delivery);
    if (lane.length === 1) this.schedule(delivery, this.sns.host.kernel.clock.now());
  }

  private schedule(delivery: Delivery, atMs: number): void {
    this.sns.host.kernel.clock.schedule(atMs, () => {
      if (!this.isStopped) void this.attempt(delivery);
    });
  }

  private async attempt(delivery: Delivery): Promise<void> {
    const subscription = this.sns.store.subscription(delivery.subscriptionArn);
    const topic = subscription && this.sns.store.topic(subscription.topicArn);
    // Whoever unsubscribed gets nothing more.
    if (!subscription || !topic) return this.end(delivery);
    this.sns.store.deliveries.countAttempt(delivery);
    try {
      await sendToEndpoint(this.sns, topic, subscription, delivery.posting);
    } catch (thrown) {
      await this.failed(delivery, topic, subscription, thrown);
      return;
    }
    if (delivery.posting.type === 'Notification') countFor(this.sns.host, topic, 'NumberOfNotificationsDelivered');
    this.end(delivery);
  }

  private async failed(delivery: Delivery, topic: Topic, subscription: Subscription, thrown: unknown): Promise<void> {
    const error = endpointError(thrown);
    const pause = error.isRetryable ? pauseSeconds(subscription, topic, delivery.attempts) : undefined;
    if (pause !== undefined) {
      this.schedule(delivery, this.sns.host.kernel.clock.now() + pause * 1000);
      return;
    }
    if (delivery.posting.type === 'Notification') {
      countFor(this.sns.host, topic, 'NumberOfNotificationsFailed');
      await this.redrive(topic, subscription, delivery.posting.notification, error.message);
    }
    this.end(delivery);
  }

  private async redrive(topic: Topic, subscription: Subscription, notification: Notification, reason: string) {
    const { host } = this.sns;
    const queueArn = deadLetterArn(subscription);
    const what = `SNS: topic ${topic.name} could not deliver message ${notification.id} to ${subscription.endpoint}: ${reason}`;
    if (!queueArn) {
      host.warn(`${what} (the message is dropped)`);
      return;
    }
    const caller = { kind: 'service', principal: SNS, sourceArn: topic.arn, accountId: host.accountId } as const;
    const isBare = isRaw(subscription);
    try {
      await sendToQueue(host, caller, queueArn, {
        MessageBody: isBare
          ? textFor(subscription, notification)
          : JSON.stringify(envelope(host, topic, subscription, { type: 'Notification', notification })),
        ...(isBare && { MessageAttributes: notification.attributes }),
        MessageGroupId: notification.groupId,
        ...(queueArn.endsWith('.fifo') && { MessageDeduplicationId: notification.deduplicationId }),
      });
      countFor(this.sns.host, topic, 'NumberOfNotificationsRedrivenToDlq');
    } catch (dlqError) {
      countFor(this.sns.host, topic, 'NumberOfNotificationsFailedToRedriveToDlq');
      const why = dlqError instanceof AwsError ? dlqError.message : String(dlqError);
      host.warn(`${what}; its dead-letter queue ${queueArn} did not take it either: ${why}`);
    }
  }

  private end(delivery: Delivery): void {
    this.sns.store.deliveries.end(delivery);
    const lane = this.lanes.get(delivery.lane)!;
    lane.shift();
    const next = lane[0];
    if (next) this.schedule(next, this.sns.host.kernel.clock.now());
    else this.lanes.delete(delivery.lane);
  }
}
