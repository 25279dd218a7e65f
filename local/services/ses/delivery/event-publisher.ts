/**
 * Owns the way of events out of SES: the account's metrics, and the destinations of a configuration set. Best effort, as on AWS:
 * what EventBridge refuses is warned of.
 * https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html
 */
import type { Host } from '../../../wire/host';
import type { CloudWatchDimension, ConfigurationSet, EventDestination, EventType, MessageTag } from '../model';
import type { MessageEvent } from './message-event';

const NAMESPACE = 'AWS/SES';

/** Of the types that are emitted: opens, clicks and delays do not happen here. */
const DETAIL_TYPES: Partial<Record<EventType, string>> = {
  SEND: 'Email Sent',
  DELIVERY: 'Email Delivered',
  BOUNCE: 'Email Bounced',
  COMPLAINT: 'Email Complaint Received',
  RENDERING_FAILURE: 'Email Rendering Failed',
};

/** https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-cloudwatch.html */
const METRICS: Partial<Record<EventType, string>> = {
  SEND: 'Send',
  DELIVERY: 'Delivery',
  BOUNCE: 'Bounce',
  COMPLAINT: 'Complaint',
  RENDERING_FAILURE: 'RenderingFailure',
};

/** What the dimensions of a CloudWatch destination are read from. */
export interface EventOrigin {
  readonly tags: readonly MessageTag[];
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

export class EventPublisher {
  /** True once it is known that no EventBridge is there. */
  private isUnheard = false;

  constructor(private readonly host: Host) {}

  /** Publishes the events of one mail, in their order. */
  publish(events: readonly MessageEvent[], set: ConfigurationSet | undefined, origin: EventOrigin): void {
    for (const event of events) this.count(event, {});
    for (const destination of set?.destinations.values() ?? []) {
      if (!destination.Enabled) continue;
      const wanted = events.filter(({ type }) => destination.MatchingEventTypes.includes(type));
      if (destination.CloudWatchDestination) {
        const { DimensionConfigurations } = destination.CloudWatchDestination;
        for (const event of wanted) this.count(event, dimensionsOf(DimensionConfigurations, origin));
      }
      if (destination.EventBridgeDestination && wanted.length > 0) this.put(wanted, set!, destination);
    }
  }

  private count({ type, recipients }: MessageEvent, dimensions: Record<string, string>): void {
    this.host.metric(NAMESPACE, METRICS[type]!, dimensions, recipients, 'Count');
  }

  private put(events: readonly MessageEvent[], set: ConfigurationSet, destination: EventDestination): void {
    if (this.isUnheard) return;
    const { host } = this;
    const setArn = `arn:aws:ses:${host.region}:${host.accountId}:configuration-set/${set.name}`;
    const caller = {
      kind: 'service',
      principal: 'ses.amazonaws.com',
      sourceArn: setArn,
      accountId: host.accountId,
    } as const;
    const Entries = events.map(({ type, detail }) => ({
      Time: host.kernel.clock.now() / 1000,
      Source: 'aws.ses',
      DetailType: DETAIL_TYPES[type],
      Resources: [setArn],
      Detail: JSON.stringify(detail),
    }));
    host.call(caller, 'events', 'PutEvents', { Entries }).catch((error) => {
      this.isUnheard = error.code === 'UnknownOperationException';
      if (this.isUnheard) return;
      host.warn(`the events of ${setArn} for ${destination.Name} were not taken by EventBridge: ${error.message}`);
    });
  }
}

function dimensionsOf(dimensions: readonly CloudWatchDimension[], origin: EventOrigin): Record<string, string> {
  return Object.fromEntries(
    dimensions.map(({ DimensionName, DimensionValueSource, DefaultDimensionValue }) => {
      const found =
        DimensionValueSource === 'MESSAGE_TAG'
          ? origin.tags.find(({ Name }) => Name === DimensionName)?.Value
          : origin.headers.find(({ name }) => name.toLowerCase() === DimensionName.toLowerCase())?.value;
      return [DimensionName, found || DefaultDimensionValue];
    }),
  );
}
