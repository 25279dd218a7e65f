/** Shapes of what SES keeps. Times are milliseconds since the epoch. */

/** An address or a domain that mail may be sent from. One that exists counts as verified. */
export interface Identity {
  /** `orders@example.com` or `example.com`; domains in lower case. */
  readonly name: string;
  readonly arn: string;
  readonly type: 'EMAIL_ADDRESS' | 'DOMAIN';
  /** Of the three CNAME records that a domain's DNS would hold. */
  readonly dkimTokens: readonly string[];
  /** Used by mail that names no configuration set. */
  configurationSetName?: string;
}

/** The parts of a template, with `{{replacements}}`. */
export interface TemplateContent {
  readonly Subject?: string;
  readonly Text?: string;
  readonly Html?: string;
}

export interface EmailTemplate {
  readonly name: string;
  readonly content: TemplateContent;
  readonly createdAtMs: number;
}

export type SuppressionReason = 'BOUNCE' | 'COMPLAINT';

/** What happens to a mail, as event destinations name it. */
export const EVENT_TYPES = [
  'SEND',
  'REJECT',
  'BOUNCE',
  'COMPLAINT',
  'DELIVERY',
  'OPEN',
  'CLICK',
  'RENDERING_FAILURE',
  'DELIVERY_DELAY',
  'SUBSCRIPTION',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** One dimension of the metrics that a CloudWatch destination counts. */
export interface CloudWatchDimension {
  readonly DimensionName: string;
  readonly DimensionValueSource: 'MESSAGE_TAG' | 'EMAIL_HEADER';
  readonly DefaultDimensionValue: string;
}

/** Where a configuration set publishes events, in the shape of the API. */
export interface EventDestination {
  readonly Name: string;
  readonly Enabled: boolean;
  readonly MatchingEventTypes: readonly EventType[];
  readonly EventBridgeDestination?: { readonly EventBusArn: string };
  readonly CloudWatchDestination?: { readonly DimensionConfigurations: readonly CloudWatchDimension[] };
}

export interface ConfigurationSet {
  readonly name: string;
  isSendingEnabled: boolean;
  /** Overrides the account's reasons; an empty list sends to everybody. */
  suppressedReasons?: readonly SuppressionReason[];
  readonly destinations: Map<string, EventDestination>;
}

/** An address that nothing is delivered to. */
export interface SuppressedDestination {
  readonly address: string;
  readonly reason: SuppressionReason;
  readonly updatedAtMs: number;
}

/** An address with the name that is shown for it. */
export interface Mailbox {
  readonly displayName?: string;
  readonly address: string;
}

export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

export interface MessageTag {
  readonly Name: string;
  readonly Value: string;
}
