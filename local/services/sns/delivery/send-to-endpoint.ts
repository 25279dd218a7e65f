/** Owns the one step from a posting to its endpoint: which protocols there are, and what each one is sent. */
import type { Caller } from '../../../wire/caller';
import { sendToQueue } from '../../../wire/send-to-queue';
import type { Mail, Notification, Posting, Subscription, Topic } from '../model';
import type { SnsParts } from '../sns-parts';
import { isRaw } from '../subscription-attributes';
import { EndpointError } from './endpoint-error';
import { envelope, lambdaEvent, textFor } from './envelope';
import { postToUrl } from './post-to-url';

/** The service principal that queues and functions see. */
export const SNS = 'sns.amazonaws.com';

/** A raw message to a queue has no room for more attributes than a message of SQS. */
const QUEUE_ATTRIBUTES = 10;

/** Hands a posting to the subscription's endpoint; rejects with what the endpoint answers. */
export async function sendToEndpoint(sns: SnsParts, topic: Topic, subscription: Subscription, posting: Posting) {
  const { host } = sns;
  const caller: Caller = { kind: 'service', principal: SNS, sourceArn: topic.arn, accountId: host.accountId };
  switch (subscription.protocol) {
    case 'sqs':
      if (posting.type !== 'Notification') return;
      await sendToQueue(
        host,
        caller,
        subscription.endpoint,
        queueMessage(sns, topic, subscription, posting.notification),
        posting.notification.traceHeader,
      );
      return;
    case 'lambda':
      if (posting.type !== 'Notification') return;
      await invoke(sns, caller, topic, subscription, posting.notification);
      return;
    case 'http':
    case 'https':
      await postToUrl(sns, topic, subscription, posting);
      return;
    default:
      sns.store.addMail(mailOf(sns, topic, subscription, posting));
  }
}

async function invoke({ host }: SnsParts, caller: Caller, topic: Topic, to: Subscription, notification: Notification) {
  const Payload = Buffer.from(JSON.stringify(lambdaEvent(host, topic, to, notification)));
  const input = { FunctionName: to.endpoint, InvocationType: 'Event', Payload };
  await host.call(caller, 'lambda', 'Invoke', input, undefined, notification.traceHeader);
}

function queueMessage(sns: SnsParts, topic: Topic, subscription: Subscription, notification: Notification): object {
  const attributes = Object.entries(notification.attributes);
  const content = isRaw(subscription)
    ? { MessageBody: textFor(subscription, notification), MessageAttributes: notification.attributes }
    : {
        MessageBody: JSON.stringify(envelope(sns.host, topic, subscription, { type: 'Notification', notification })),
      };
  if (isRaw(subscription) && attributes.length > QUEUE_ATTRIBUTES) {
    throw new EndpointError('a raw message to a queue has ten attributes at most', false);
  }
  const isForFifo = subscription.endpoint.endsWith('.fifo');
  return {
    ...content,
    MessageGroupId: notification.groupId,
    ...(isForFifo && { MessageDeduplicationId: notification.deduplicationId }),
  };
}

function mailOf({ host }: SnsParts, topic: Topic, subscription: Subscription, posting: Posting): Mail {
  const shown = envelope(host, topic, subscription, posting) as Record<string, string | undefined>;
  const isConfirmation = posting.type !== 'Notification';
  const isJson = subscription.protocol === 'email-json';
  return {
    id: host.kernel.random.uuid(),
    to: subscription.endpoint,
    subject: isConfirmation
      ? 'AWS Notification - Subscription Confirmation'
      : (posting.notification.subject ?? 'AWS Notification Message'),
    text: isJson ? JSON.stringify(shown, undefined, 2) : (shown.Message ?? ''),
    link: isConfirmation ? shown.SubscribeURL : undefined,
    sentAtMs: host.kernel.clock.now(),
  };
}
