import * as z from 'zod/mini';

const recipients = z.array(z.object({ emailAddress: z.string('emailAddress must be text') }));

const mail = z.object(
  { tags: z.object({ requestId: z.array(z.string('a tag must be text')) }, 'tags must name the request') },
  'mail must be an object with tags',
);

/**
 * What SES tells through EventBridge about a mail that bounced or was complained of; only what we read is checked.
 * https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html
 */
export const mailEvent = z.discriminatedUnion(
  'detail-type',
  [
    z.object({
      'detail-type': z.literal('Email Bounced'),
      detail: z.object({
        mail,
        bounce: z.object({ bounceType: z.string('bounceType must be text'), bouncedRecipients: recipients }),
      }),
    }),
    z.object({
      'detail-type': z.literal('Email Complaint Received'),
      detail: z.object({ mail, complaint: z.object({ complainedRecipients: recipients }) }),
    }),
  ],
  'the message must be an event of SES about a bounce or a complaint',
);
