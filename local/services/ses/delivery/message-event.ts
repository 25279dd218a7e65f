/**
 * Owns the shape of SES's events.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
import type { EventType } from '../model';
import type { Outcome } from './outcome';

/** The `mail` object that every event of a mail carries. */
export type MailObject = Readonly<Record<string, unknown>> & { readonly messageId: string };

/** One event: what destinations choose it by, and its detail. */
export interface MessageEvent {
  readonly type: EventType;
  readonly recipients: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Whom it concerns, when it happens, and ids that are made up for it. */
interface Occasion {
  readonly mail: MailObject;
  readonly timestamp: string;
  newFeedbackId(): string;
}

const REPORTING_MTA = 'smtp-out.amazonses.com';
const LIST_HELP = 'https://docs.aws.amazon.com/ses/latest/DeveloperGuide/sending-email-suppression-list.html';

/** Send, then one event for all recipients of the same fate. */
export function eventsOf(outcomes: ReadonlyMap<string, Outcome>, occasion: Occasion): MessageEvent[] {
  const of = (wanted: (outcome: Outcome) => boolean) =>
    [...outcomes].filter(([, outcome]) => wanted(outcome)).map(([address]) => address);
  const delivered = of(({ kind, ...more }) => kind === 'delivered' || ('isAttempted' in more && more.isAttempted));
  const bounces = (['General', 'Suppressed', 'OnAccountSuppressionList'] as const).map((subType) => ({
    subType,
    addresses: of((outcome) => outcome.kind === 'bounced' && outcome.subType === subType),
  }));
  const complaints = [true, false].map((isAttempted) => ({
    isAttempted,
    addresses: of((outcome) => outcome.kind === 'complained' && outcome.isAttempted === isAttempted),
  }));
  return [
    { type: 'SEND', recipients: outcomes.size, detail: { eventType: 'Send', mail: occasion.mail, send: {} } },
    ...(delivered.length > 0 ? [deliveryEvent(delivered, occasion)] : []),
    ...bounces.flatMap(({ subType, addresses }) =>
      addresses.length > 0 ? [bounceEvent(subType, addresses, occasion)] : [],
    ),
    ...complaints.flatMap(({ isAttempted, addresses }) =>
      addresses.length > 0 ? [complaintEvent(isAttempted, addresses, occasion)] : [],
    ),
  ];
}

/** A template whose data lacks something; nothing was sent. */
export function renderingFailure(mail: MailObject, templateName: string, errorMessage: string): MessageEvent {
  const detail = { eventType: 'Rendering Failure', mail, failure: { errorMessage, templateName } };
  return { type: 'RENDERING_FAILURE', recipients: 1, detail };
}

function deliveryEvent(recipients: readonly string[], { mail, timestamp }: Occasion): MessageEvent {
  const delivery = {
    timestamp,
    processingTimeMillis: 0,
    recipients,
    smtpResponse: '250 2.0.0 OK',
    reportingMTA: REPORTING_MTA,
  };
  return { type: 'DELIVERY', recipients: recipients.length, detail: { eventType: 'Delivery', mail, delivery } };
}

function bounceEvent(
  bounceSubType: Extract<Outcome, { kind: 'bounced' }>['subType'],
  addresses: readonly string[],
  { mail, timestamp, newFeedbackId }: Occasion,
): MessageEvent {
  const diagnosticCode =
    bounceSubType === 'General'
      ? 'smtp; 550 5.1.1 user unknown'
      : `Amazon SES did not send the message to this address because it is on the suppression list${
          bounceSubType === 'OnAccountSuppressionList' ? ' for your account' : ''
        }. See ${LIST_HELP}`;
  const bounce = {
    feedbackId: newFeedbackId(),
    bounceType: 'Permanent',
    bounceSubType,
    bouncedRecipients: addresses.map((emailAddress) => ({
      emailAddress,
      action: 'failed',
      status: '5.1.1',
      diagnosticCode,
    })),
    timestamp,
    reportingMTA: `dns; ${REPORTING_MTA}`,
  };
  return { type: 'BOUNCE', recipients: addresses.length, detail: { eventType: 'Bounce', mail, bounce } };
}

function complaintEvent(
  isAttempted: boolean,
  addresses: readonly string[],
  { mail, timestamp, newFeedbackId }: Occasion,
): MessageEvent {
  const complaint = {
    feedbackId: newFeedbackId(),
    complaintSubType: isAttempted ? null : 'OnAccountSuppressionList',
    complainedRecipients: addresses.map((emailAddress) => ({ emailAddress })),
    timestamp,
    ...(isAttempted && {
      userAgent: 'Amazon SES Mailbox Simulator',
      complaintFeedbackType: 'abuse',
      arrivalDate: timestamp,
    }),
  };
  return { type: 'COMPLAINT', recipients: addresses.length, detail: { eventType: 'Complaint', mail, complaint } };
}
