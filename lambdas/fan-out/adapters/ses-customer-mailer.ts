import { type SesSenderParts, sendMail } from '../../shared/mail/ses-sender';
import type { CustomerMailer } from '../domain/customer-mailer';

/** Customers' mail over SES v2. The client must not try again by itself: each sending is one attempt that is counted. */
export function createSesCustomerMailer(parts: SesSenderParts): CustomerMailer {
  return {
    send: ({ to, subject, text, eventId, type, correlationId }) =>
      sendMail(parts, {
        to,
        subject,
        text,
        tags: { kind: type, eventId: eventId.replace(/[^\w-]/g, '_').slice(0, 256) },
        // By which a reader, or whoever looks into a mailbox, tells two mails of one event from two events.
        headers: { 'X-Event-Id': eventId, ...(correlationId !== undefined && { 'X-Correlation-Id': correlationId }) },
      }),
  };
}
