import * as z from 'zod/mini';
import { fanOutEvent } from './fan-out-event';
import { TARGETS } from './names';

/** A message of the parked queue: which event failed at which target, why, and all that replaying it takes. */
export const parkedDelivery = z.object(
  {
    eventId: z.string('eventId must be text'),
    target: z.enum(TARGETS, `target must be one of ${TARGETS.join(', ')}`),
    /** The name of the error, such as `WebhookRefused` or `RunDied`. */
    reason: z.string('reason must be text'),
    cause: z.optional(z.string('cause must be text')),
    event: fanOutEvent,
    executionArn: z.optional(z.string('executionArn must be text')),
  },
  'the message must be a parked delivery',
);

/** A checked message of the parked queue. */
export type ParkedDelivery = z.infer<typeof parkedDelivery>;
