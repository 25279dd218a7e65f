import { describeFaults } from '../../shared/validation/parse-input';
import { type EventEnvelope, eventEnvelope } from '../contracts/event-envelope';
import { RejectedMessage } from './rejected-message';

/** Reads the body of a queue message as an event of EventBridge, whose detail is not checked. Throws RejectedMessage. */
export function readEnvelope(body: string): EventEnvelope {
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch (error) {
    throw new RejectedMessage('MalformedMessage', `The message is not JSON: ${(error as Error).message}`);
  }
  const envelope = eventEnvelope.safeParse(message);
  if (envelope.success) return envelope.data;
  throw new RejectedMessage('MalformedMessage', describeFaults(envelope.error.issues, message));
}
