import * as z from 'zod/mini';

/**
 * An event on its way to its targets. `eventId` is the event's own, from its detail: a publisher may put the same event on
 * the bus twice, under two ids of the bus.
 */
export const fanOutEvent = z.object(
  {
    eventId: z
      .string('eventId must be text')
      // A full stop ends the id in what a webhook's signature covers.
      .check(
        z.regex(/^[\x21-\x2d\x2f-\x7e]{1,200}$/, 'eventId must be 1 to 200 visible ASCII characters but full stops'),
      ),
    /** The detail type, such as `OrderConfirmed`. */
    type: z.string('type must be text').check(z.regex(/^[\w-]{1,128}$/, 'type must be one word')),
    source: z.string('source must be text').check(z.maxLength(256, 'source is too long')),
    detail: z.record(z.string(), z.unknown(), 'detail must be an object'),
  },
  'event must be an object',
);

/** A checked event. */
export type FanOutEvent = z.infer<typeof fanOutEvent>;

/** What the machine hands to the functions of its targets. */
export const deliveryInput = z.object({ event: fanOutEvent }, 'the input must be {event}');

/** What EventBridge puts into the check queue: https://docs.aws.amazon.com/eventbridge/latest/ref/events-structure.html */
export const busEvent = z.object(
  {
    source: z.string('source must be text'),
    'detail-type': z.string('detail-type must be text'),
    detail: z.record(z.string(), z.unknown(), 'detail must be an object'),
  },
  'the message must be an EventBridge event',
);
