/** A topic, as plain data. */
export interface Topic {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  /** The attributes that were set, as the API's strings. */
  attributes: Record<string, string>;
  tags: Record<string, string>;
  /** How many of its subscriptions were deleted. */
  subscriptionsDeleted: number;
}

/** What a subscription delivers by. */
export type Protocol = 'sqs' | 'lambda' | 'http' | 'https' | 'email' | 'email-json';

/** A subscription, as plain data. */
export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly createdAtMs: number;
  attributes: Record<string, string>;
  /** What confirms it; kept after that, so that a link may be opened twice. */
  readonly token: string;
  isPending: boolean;
  /** Whether only its owner may unsubscribe. */
  needsAuthenticationToUnsubscribe: boolean;
  /** Whether whoever confirmed it was authenticated; always so where nobody had to confirm. */
  wasAuthenticated: boolean;
}

/** A user's attribute of a message; binary values are kept as base64. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

/** A message that was published, as plain data. */
export interface Notification {
  readonly id: string;
  readonly topicArn: string;
  readonly subject?: string;
  readonly message: string;
  /** The message for one protocol, where it differs (`MessageStructure` is `json`). */
  readonly messageByProtocol?: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** FIFO topics only. */
  readonly sequenceNumber?: string;
  readonly publishedAtMs: number;
  /** The `X-Amzn-Trace-Id` of the publisher, which is handed on. */
  readonly traceHeader?: string;
}

/** What is sent to an endpoint: a notification, or the question whether it wants any. */
export type Posting =
  | { readonly type: 'Notification'; readonly notification: Notification }
  | {
      readonly type: 'SubscriptionConfirmation';
      readonly id: string;
      readonly topicArn: string;
      readonly token: string;
      readonly atMs: number;
    };

/** A posting under way to one subscription, as plain data. */
export interface Delivery {
  readonly id: string;
  readonly subscriptionArn: string;
  readonly posting: Posting;
  /** Deliveries of a lane wait for one another: those of a group of a FIFO topic. */
  readonly lane: string;
  attempts: number;
}

/** A mail as a person reads it on the page of the embedded SNS. */
export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** What the person may open to confirm a subscription. */
  readonly link?: string;
  readonly sentAtMs: number;
}

/** What a FIFO topic remembers of a message for five minutes. */
export interface PublishedBefore {
  readonly messageId: string;
  readonly sequenceNumber: string;
}
