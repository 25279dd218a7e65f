import { schemaFaults } from '../../shared/validation/schema-faults';
import {
  type ActionRefusedMessage,
  type AskMessage,
  actionRefusedMessage,
  askMessage,
  MESSAGE_VERSION,
  taskTokenField,
} from '../contracts/ask-message';
import { lineField } from '../contracts/fields';
import { RejectedMessage } from './rejected-message';
import { requestIdOf } from './request-id';

/** The largest message that is read; payload, description and addresses at their limits fit. */
const LARGEST_MESSAGE_CHARACTERS = 128 * 1024;

/**
 * A message of the approvals queue. Throws RejectedMessage, with the task that waits where its token can be read; the
 * reason repeats no values, since it ends up in histories and queues.
 */
export function readMessage(body: string): AskMessage | ActionRefusedMessage {
  if (body.length > LARGEST_MESSAGE_CHARACTERS) {
    throw new RejectedMessage(
      'MalformedMessage',
      `The message has ${body.length} characters; at most ${LARGEST_MESSAGE_CHARACTERS} are read.`,
      waitingTaskOf(parsedOrNothing(body)),
    );
  }
  const message = parsedOrNothing(body);
  if (message === undefined) throw new RejectedMessage('MalformedMessage', 'The message is not a JSON object.');
  const { version = MESSAGE_VERSION } = message;
  if (version !== MESSAGE_VERSION) {
    throw new RejectedMessage('UnknownVersion', `/version: only ${MESSAGE_VERSION} is known`, waitingTaskOf(message));
  }
  const schema = message.kind === 'actionRefused' ? actionRefusedMessage : askMessage;
  const parsed = schema.safeParse(message);
  if (parsed.success) return parsed.data;
  throw new RejectedMessage(
    'MalformedMessage',
    schemaFaults(parsed.error.issues as never, message, () => false)
      .map(({ pointer, detail }) => `${pointer || 'the message'}: ${detail}`)
      .join('; '),
    waitingTaskOf(message),
  );
}

function parsedOrNothing(body: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(body);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function waitingTaskOf(message: Record<string, unknown> | undefined): RejectedMessage['waiting'] {
  const taskToken = taskTokenField.safeParse(message?.taskToken).data;
  if (taskToken === undefined) return undefined;
  const requestKey = lineField(512, 'requestKey').safeParse(message?.requestKey).data;
  return { taskToken, requestId: requestKey === undefined ? undefined : requestIdOf(requestKey) };
}
