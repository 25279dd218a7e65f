/**
 * Owns all state of SNS: topics, subscriptions, what is under way to them, and the mail that was sent. Nothing outside changes
 * any of it. What is changed here is told to the journal in the same call.
 */
import { IntervalMemory } from '../../kernel/interval-memory';
import type { Journal, JournalCollection } from '../../kernel/journal';
import { PendingAttempts } from '../../kernel/pending-attempts';
import { SequenceNumbers } from '../../kernel/sequence-numbers';
import type { Delivery, Mail, PublishedBefore, Subscription, Topic } from './model';

/** https://docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html */
const DEDUPLICATION_MS = 5 * 60_000;
const REMEMBERED_MAILS = 200;

/** The state of SNS. */
export class SnsStore {
  readonly sequence = new SequenceNumbers();
  /** What is under way. */
  readonly deliveries: PendingAttempts<Delivery>;
  /** What FIFO topics were sent, by deduplication id. */
  readonly published: IntervalMemory<PublishedBefore>;
  private readonly topics = new Map<string, Topic>();
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly subscriptionsOfTopic = new Map<string, Set<Subscription>>();
  private readonly mails = new Map<string, Mail>();
  private readonly topicRecords: JournalCollection<Topic>;
  private readonly subscriptionRecords: JournalCollection<Subscription>;
  private readonly mailRecords: JournalCollection<Mail>;
  /** Parsed once: IAM keeps its decisions for as long as it is given the same object. */
  private readonly parsedPolicies = new WeakMap<Topic, { text: string; policy: object }>();

  constructor(journal: Journal) {
    this.published = new IntervalMemory(journal.collection('sns.published'), DEDUPLICATION_MS);
    this.topicRecords = journal.collection('sns.topics');
    this.subscriptionRecords = journal.collection('sns.subscriptions');
    this.deliveries = new PendingAttempts(journal, 'sns.deliveries', ({ id }) => id);
    this.mailRecords = journal.collection('sns.mails');
    for (const [arn, topic] of this.topicRecords.restored()) this.topics.set(arn, topic);
    for (const [, subscription] of this.subscriptionRecords.restored()) this.place(subscription);
    for (const [id, mail] of this.mailRecords.restored()) this.mails.set(id, mail);
  }

  topic(arn: string): Topic | undefined {
    return this.topics.get(arn);
  }

  /** All topics in order of ARN. */
  allTopics(): Topic[] {
    return [...this.topics.values()].sort(byArn);
  }

  putTopic(topic: Topic): void {
    this.topics.set(topic.arn, topic);
    this.topicRecords.put(topic.arn, topic);
  }

  setTopicAttributes(topic: Topic, attributes: Record<string, string>): void {
    topic.attributes = { ...attributes };
    this.topicRecords.put(topic.arn, topic);
  }

  setTags(topic: Topic, tags: Record<string, string>): void {
    topic.tags = { ...tags };
    this.topicRecords.put(topic.arn, topic);
  }

  /** Deletes a topic with its subscriptions. */
  deleteTopic(topic: Topic): void {
    for (const subscription of this.subscriptionsTo(topic.arn)) this.removeSubscription(subscription);
    this.subscriptionsOfTopic.delete(topic.arn);
    this.published.forgetOwner(topic.arn);
    this.topics.delete(topic.arn);
    this.topicRecords.delete(topic.arn);
  }

  /** The policy of a topic, if one was set. */
  policyOf(topic: Topic): object | undefined {
    const text = topic.attributes.Policy;
    if (!text) return undefined;
    const kept = this.parsedPolicies.get(topic);
    if (kept?.text === text) return kept.policy;
    const policy: object = JSON.parse(text);
    this.parsedPolicies.set(topic, { text, policy });
    return policy;
  }

  subscription(arn: string): Subscription | undefined {
    return this.subscriptions.get(arn);
  }

  /** All subscriptions in order of ARN. */
  allSubscriptions(): Subscription[] {
    return [...this.subscriptions.values()].sort(byArn);
  }

  /** The subscriptions of a topic in the order in which they were made. */
  subscriptionsTo(topicArn: string): Subscription[] {
    return [...(this.subscriptionsOfTopic.get(topicArn) ?? [])];
  }

  addSubscription(subscription: Subscription): void {
    this.place(subscription);
    this.subscriptionRecords.put(subscription.arn, subscription);
  }

  setSubscriptionAttributes(subscription: Subscription, attributes: Record<string, string>): void {
    subscription.attributes = { ...attributes };
    this.subscriptionRecords.put(subscription.arn, subscription);
  }

  confirm(subscription: Subscription, wasAuthenticated: boolean, needsAuthenticationToUnsubscribe: boolean): void {
    Object.assign(subscription, { isPending: false, wasAuthenticated, needsAuthenticationToUnsubscribe });
    this.subscriptionRecords.put(subscription.arn, subscription);
  }

  deleteSubscription(subscription: Subscription): void {
    this.removeSubscription(subscription);
    const topic = this.topics.get(subscription.topicArn);
    if (!topic) return;
    topic.subscriptionsDeleted++;
    this.topicRecords.put(topic.arn, topic);
  }

  /** The mails that were sent, the newest first. */
  allMails(): Mail[] {
    return [...this.mails.values()].reverse();
  }

  addMail(mail: Mail): void {
    this.mails.set(mail.id, mail);
    this.mailRecords.put(mail.id, mail);
    for (const id of this.mails.keys()) {
      if (this.mails.size <= REMEMBERED_MAILS) break;
      this.mails.delete(id);
      this.mailRecords.delete(id);
    }
  }

  private place(subscription: Subscription): void {
    this.subscriptions.set(subscription.arn, subscription);
    const ofTopic = this.subscriptionsOfTopic.get(subscription.topicArn) ?? new Set();
    this.subscriptionsOfTopic.set(subscription.topicArn, ofTopic.add(subscription));
  }

  private removeSubscription(subscription: Subscription): void {
    this.subscriptions.delete(subscription.arn);
    this.subscriptionsOfTopic.get(subscription.topicArn)?.delete(subscription);
    this.subscriptionRecords.delete(subscription.arn);
  }
}

function byArn(a: { arn: string }, b: { arn: string }): number {
  return a.arn < b.arn ? -1 : 1;
}
