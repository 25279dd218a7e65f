import { attributeText } from '../../shared/queue/attribute-text';
import type { MessageQueue } from '../../shared/queue/message-queue';
import { schemaFaults } from '../../shared/validation/schema-faults';
import { mailAddressOf } from '../contracts/fields';
import { mailEvent } from '../contracts/mail-event';
import { type ChangeProps, changeRequest } from './change-request';
import type { QueueMessage } from './open-request';
import { RejectedMessage } from './rejected-message';
import { RequestContended } from './request-contended';
import { type UndeliverableReason, undeliverable } from './transitions/undeliverable';

/** What following up on mails works with. */
export interface MailFeedbackProps extends ChangeProps {
  readonly deadLetters: MessageQueue;
}

interface Feedback {
  readonly requestId: string;
  readonly persons: readonly string[];
  readonly why: UndeliverableReason;
}

/**
 * Notes on its request that a mail bounced or was complained of, which escalates at once. An event of a mail that is
 * about no request of ours goes to the dead-letter queue with its reason; any other failure is thrown.
 */
export function createMailFeedback(props: MailFeedbackProps) {
  return async ({ messageId, body }: QueueMessage): Promise<void> => {
    try {
      const feedback = readFeedback(body);
      for (const person of feedback.persons) await note(props, feedback, person);
    } catch (error) {
      if (!(error instanceof RejectedMessage)) throw error;
      props.log.warn('The message is rejected and goes to the dead-letter queue', { messageId, errorName: error.name });
      const reason = attributeText(error.message);
      await props.deadLetters.send(body, { reason, errorName: error.name, originalMessageId: messageId });
      props.meter.count('ApprovalMessageRejected');
    }
  };
}

async function note(props: MailFeedbackProps, { requestId, why }: Feedback, person: string): Promise<void> {
  const result = await changeRequest(props, requestId, (request, now) => ({
    outcome: undefined,
    change: undeliverable(request, person, why, now),
  }));
  if (result.kind === 'contended') throw new RequestContended(requestId);
  if (result.kind === 'missing') throw new RejectedMessage('UnknownRequest', 'There is no such request.');
}

function readFeedback(body: string): Feedback {
  const parsed = mailEvent.safeParse(jsonOf(body));
  if (!parsed.success) {
    const faults = schemaFaults(parsed.error.issues as never, undefined, () => false);
    const reason = faults.map(({ pointer, detail }) => `${pointer || 'the message'}: ${detail}`).join('; ');
    throw new RejectedMessage('MalformedMessage', reason);
  }
  const event = parsed.data;
  const requestId = event.detail.mail.tags.requestId[0] ?? '';
  if (event['detail-type'] === 'Email Bounced') {
    return { requestId, persons: addressesOf(event.detail.bounce.bouncedRecipients), why: 'bounce' };
  }
  return { requestId, persons: addressesOf(event.detail.complaint.complainedRecipients), why: 'complaint' };
}

/** Recipients come as they stood in the mail, or as `Anna <anna@example.com>`. */
function addressesOf(recipients: readonly { emailAddress: string }[]): string[] {
  return recipients.flatMap(
    ({ emailAddress }) => mailAddressOf(/<([^<>]*)>\s*$/.exec(emailAddress)?.[1] ?? emailAddress) ?? [],
  );
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
