import type { CallContext, Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import type { Access } from '../../wire/service';
import { readTopicArn } from './addresses';
import { defaultPolicy } from './default-policy';
import { Deliverer } from './delivery/deliverer';
import { subscriptionDoesNotExist, topicDoesNotExist } from './faults';
import type { Subscription, Topic } from './model';
import { SnsStore } from './store';

/** What every action of SNS works with. */
export class Sns {
  readonly store: SnsStore;
  readonly deliverer: Deliverer;
  /** One object for each topic, so that IAM may keep its decisions. */
  private readonly defaultPolicies = new WeakMap<Topic, object>();

  constructor(readonly host: Host) {
    this.store = new SnsStore(host.journal);
    this.deliverer = new Deliverer(this);
  }

  now(): number {
    return this.host.kernel.clock.now();
  }

  /** Throws InvalidParameter for what is no ARN, NotFound when there is no such topic. */
  topicOf(arn: unknown): Topic {
    const topic = this.store.topic(readTopicArn(arn));
    if (!topic) throw topicDoesNotExist();
    return topic;
  }

  /** Throws NotFound when there is no such subscription. */
  subscriptionOf(arn: string): Subscription {
    const subscription = this.store.subscription(arn);
    if (!subscription) throw subscriptionDoesNotExist();
    return subscription;
  }

  /** The access of an action on the topic of a request. */
  accessOnTopic(action: string): (input: { TopicArn?: string }, call: CallContext) => Access[] {
    return ({ TopicArn }, { caller }) => [this.access(action, readTopicArn(TopicArn), caller)];
  }

  access(action: string, arn: string, caller: Caller, context: Access['context'] = {}): Access {
    // The key that the default policy of a topic asks for; AWS gives it to its services alone.
    const owner: Access['context'] = caller.kind === 'service' ? { 'aws:SourceOwner': caller.accountId } : {};
    return { action: `sns:${action}`, resource: arn, context: { ...owner, ...context } };
  }

  /** The policy that decides on a topic, or on a subscription to it. */
  policyOf(arn: string): object | undefined {
    const topic = this.store.topic(arn.split(':').slice(0, 6).join(':'));
    if (!topic) return undefined;
    const set = this.store.policyOf(topic);
    if (set) return set;
    const standard = this.defaultPolicies.get(topic) ?? defaultPolicy(topic.arn, this.host.accountId);
    this.defaultPolicies.set(topic, standard);
    return standard;
  }
}
