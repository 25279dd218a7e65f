/**
 * What endpoints receive.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
import { createHash } from 'node:crypto';
import type { Host } from '../../../wire/host';
import { confirmationUrl, unsubscribeUrl } from '../addresses';
import type { MessageAttribute, Notification, Posting, Subscription, Topic } from '../model';

/** The message as the subscription's protocol gets it. */
export function textFor(subscription: Subscription, notification: Notification): string {
  return notification.messageByProtocol?.[subscription.protocol] ?? notification.message;
}

/** The JSON that queues, web servers and mail get, unless they asked for the message alone. */
export function envelope(host: Host, topic: Topic, subscription: Subscription, posting: Posting): object {
  if (posting.type !== 'Notification') return confirmation(host, topic, posting);
  const { notification } = posting;
  const shown = {
    Type: 'Notification',
    MessageId: notification.id,
    SequenceNumber: notification.sequenceNumber,
    TopicArn: notification.topicArn,
    Subject: notification.subject,
    Message: textFor(subscription, notification),
    Timestamp: timestamp(notification.publishedAtMs),
  };
  return {
    ...shown,
    // The messages of FIFO topics are not signed.
    ...(notification.sequenceNumber === undefined && signed(host, topic, shown)),
    UnsubscribeURL: unsubscribeUrl(host, subscription.arn),
    MessageAttributes: attributesOf(notification.attributes),
  };
}

/** The event that a function gets. */
export function lambdaEvent(host: Host, topic: Topic, subscription: Subscription, notification: Notification): object {
  const { SignatureVersion, Signature, SigningCertURL } = signed(host, topic, notification);
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription.arn,
        Sns: {
          Type: 'Notification',
          MessageId: notification.id,
          TopicArn: notification.topicArn,
          Subject: notification.subject ?? null,
          Message: textFor(subscription, notification),
          Timestamp: timestamp(notification.publishedAtMs),
          SignatureVersion,
          Signature,
          SigningCertUrl: SigningCertURL,
          UnsubscribeUrl: unsubscribeUrl(host, subscription.arn),
          MessageAttributes: attributesOf(notification.attributes) ?? {},
        },
      },
    ],
  };
}

function confirmation(host: Host, topic: Topic, posting: Exclude<Posting, { type: 'Notification' }>): object {
  const shown = {
    Type: posting.type,
    MessageId: posting.id,
    Token: posting.token,
    TopicArn: posting.topicArn,
    Message:
      `You have chosen to subscribe to the topic ${posting.topicArn}.\n` +
      'To confirm the subscription, visit the SubscribeURL included in this message.',
    SubscribeURL: confirmationUrl(host, posting.topicArn, posting.token),
    Timestamp: timestamp(posting.atMs),
  };
  return { ...shown, ...signed(host, topic, shown) };
}

/** A digest stands where AWS's signature would: nobody but AWS can sign with the certificate that clients trust. */
function signed(host: Host, topic: Topic, shown: object) {
  const SignatureVersion = topic.attributes.SignatureVersion ?? '1';
  const Signature = createHash(SignatureVersion === '1' ? 'sha1' : 'sha256')
    .update(JSON.stringify(shown))
    .digest('base64');
  return { SignatureVersion, Signature, SigningCertURL: `${host.endpoint()}/sns/SimpleNotificationService.pem` };
}

function attributesOf(attributes: Readonly<Record<string, MessageAttribute>>) {
  const entries = Object.entries(attributes);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(
    entries.map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: BinaryValue ?? StringValue },
    ]),
  );
}

function timestamp(atMs: number): string {
  return new Date(atMs).toISOString();
}
