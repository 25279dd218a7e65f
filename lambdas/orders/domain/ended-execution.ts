import { describeFaults } from '../../shared/validation/parse-input';
import { executionEnded } from '../contracts/execution-ended';
import { ORDER_ID_PATTERN } from '../contracts/fields';
import { readEnvelope } from './read-envelope';
import { RejectedMessage } from './rejected-message';

/** An execution that no Catch of its own could save. */
export interface EndedExecution {
  readonly orderId: string;
  readonly executionArn: string;
  /** 0 for the order's own execution, n for its n-th undo. */
  readonly undoAttempt: number;
  readonly failure: { readonly Error: string; readonly Cause: string; readonly step: string };
}

/** A cause may be long; the row and the messages that carry it are not made for that. */
const LONGEST_CAUSE = 1000;

/**
 * Reads the body of a queue message as a status change of an execution of ours. The order is named by the execution's
 * name, `<orderId>` or `<orderId>.undo<n>`. Throws RejectedMessage.
 */
export function readEndedExecution(body: string): EndedExecution {
  const envelope = readEnvelope(body);
  const parsed = executionEnded.safeParse(envelope.detail);
  if (!parsed.success) {
    throw new RejectedMessage('MalformedMessage', describeFaults(parsed.error.issues, envelope.detail));
  }
  const { executionArn, name, status, error, cause } = parsed.data;
  const [, orderId, attempt] = /^([^.]*)(?:\.undo(\d+))?$/.exec(name) ?? [];
  if (orderId === undefined || !ORDER_ID_PATTERN.test(orderId)) {
    throw new RejectedMessage('MalformedMessage', `The execution ${JSON.stringify(name)} is not named after an order.`);
  }
  return {
    orderId,
    executionArn,
    undoAttempt: Number(attempt ?? 0),
    failure: {
      Error: error ?? `Execution.${status}`,
      Cause: (cause ?? `The execution ended as ${status}.`).slice(0, LONGEST_CAUSE),
      step: 'Execution',
    },
  };
}
