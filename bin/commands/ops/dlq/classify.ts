import { attributeOf, type DeadLetter } from './message';
import type { Subject } from './subject';

/**
 * - `poison`: it was refused for what it is, and will be refused again.
 * - `done`: what it speaks of has been done since, or can be done no more; to repeat it is harmless and needless.
 * - `retryable`: it failed for a reason outside itself, and may be sent again once that is repaired.
 * - `pointer`: it only points to records of a stream; what they caused is made good elsewhere, and there is nothing to send.
 * - `person`: it was parked for a person, and nothing consumes it.
 */
export type MessageClass = 'poison' | 'done' | 'retryable' | 'pointer' | 'person';

export const MESSAGE_CLASSES: readonly MessageClass[] = ['poison', 'done', 'retryable', 'pointer', 'person'];

/** What is known of a message besides the message. */
export interface Facts {
  readonly subject: Subject;
  /** Whether people read the queue and nothing else. */
  readonly isForPeople: boolean;
  /** Where the message would be sent: a queue's ARN. */
  readonly destinationArn?: string;
  /** How what it speaks of has come out since; undefined when it has not. */
  readonly outcome?: string;
}

/** A message's class and why it is in it. */
export interface Verdict {
  readonly messageClass: MessageClass;
  readonly why: string;
}

/** What a message is. The marks that our functions leave on what they refuse are `reason` and `errorName`. */
export function classify(message: DeadLetter, { subject, isForPeople, destinationArn, outcome }: Facts): Verdict {
  if (isForPeople) return { messageClass: 'person', why: 'parked for a person: see docs/operating.md' };
  if (subject.kind === 'pointer') {
    return {
      messageClass: 'pointer',
      why: 'points to records of a stream: the sweeper or the next change makes it good',
    };
  }
  const reason = attributeOf(message, 'reason');
  if (reason !== undefined) {
    return { messageClass: 'poison', why: `${attributeOf(message, 'errorName') ?? 'refused'}: ${reason}` };
  }
  if (outcome !== undefined) return { messageClass: 'done', why: outcome };
  if (destinationArn === undefined) {
    return { messageClass: 'pointer', why: 'has no queue to go back to: see docs/operating.md' };
  }
  const error = attributeOf(message, 'ERROR_CODE');
  return {
    messageClass: 'retryable',
    why: error ? `EventBridge could not deliver it: ${error}` : 'failed as often as the queue allows',
  };
}
