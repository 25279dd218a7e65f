import * as z from 'zod/mini';

/**
 * What EventBridge delivers to a queue:
 * https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html.
 * Only what we read is checked.
 */
export const eventEnvelope = z.object(
  {
    id: z.string('id must be text'),
    source: z.string('source must be text'),
    'detail-type': z.string('detail-type must be text'),
    time: z.string('time must be text'),
    detail: z.record(z.string(), z.unknown(), 'detail must be an object'),
  },
  'the message must be an EventBridge event',
);

/** A checked EventBridge event whose detail is not. */
export type EventEnvelope = z.infer<typeof eventEnvelope>;
