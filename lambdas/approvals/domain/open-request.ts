import type { Clock } from '../../shared/clock';
import { contentHash } from '../../shared/content-hash';
import { correlationIdIn } from '../../shared/observability/correlation-id';
import type { Observability } from '../../shared/observability/observe';
import { SIGNALS } from '../../shared/observability/workflow-signals';
import { attributeText } from '../../shared/queue/attribute-text';
import type { MessageQueue } from '../../shared/queue/message-queue';
import type { ActionRefusedMessage } from '../contracts/ask-message';
import { CALLBACK_ERRORS } from '../contracts/names';
import { type Change, sealChange } from './change';
import { changeRequest } from './change-request';
import { type CheckedAsk, checkAsk } from './checked-ask';
import { readMessage } from './read-message';
import { recordActs } from './record-acts';
import { RejectedMessage } from './rejected-message';
import type { ApprovalRequest } from './request';
import { RequestContended } from './request-contended';
import type { RequestStore } from './request-store';
import type { TokenVault } from './token-vault';
import { actionRefused } from './transitions/action-refused';
import { askAgain } from './transitions/ask-again';
import { openRequest } from './transitions/open';
import type { WorkflowCallback } from './workflow-callback';

/** What opening requests works with. */
export interface OpenRequestProps extends Observability {
  readonly store: Pick<RequestStore, 'find' | 'save'>;
  readonly vault: Pick<TokenVault, 'seal'>;
  readonly callback: Pick<WorkflowCallback, 'fail'>;
  readonly deadLetters: MessageQueue;
  readonly clock: Clock;
}

/** A message of the approvals queue. */
export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
}

/** The same key is delivered a few times at most, so a second conflict is rare. */
const MOST_TRIES = 5;

/**
 * Opens the request that a message asks for, or records the report that it brings. The same message again changes
 * nothing. A message that no retry makes right fails the task that waits for it and goes to the dead-letter queue with
 * its reason; any other failure is thrown, so that the queue delivers the message again.
 */
export function createOpenRequest(props: OpenRequestProps) {
  return async (message: QueueMessage): Promise<void> => {
    try {
      const read = readMessage(message.body);
      if (read.kind === 'ask') await open(props, checkAsk(read));
      else await record(props, read);
    } catch (error) {
      if (!(error instanceof RejectedMessage)) throw error;
      await reject(props, message, error);
    }
  };
}

async function open(props: OpenRequestProps, ask: CheckedAsk): Promise<void> {
  const { store, vault, clock, log, meter } = props;
  const { requestId, correlationId } = ask;
  let ciphertext: string | undefined;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const before = await store.find(requestId);
    if (before && !isNewAttempt(before, ask)) {
      log.info('The request was opened before', { requestId, correlationId });
      return;
    }
    ciphertext ??= await vault.seal(ask.taskToken, requestId);
    const now = clock.now();
    const change = before ? askAgain(before, ask.attempt, ciphertext) : openRequest(ask, ciphertext, now);
    if (!change) return;
    const { after, auditRows } = sealChange(change as Change, now);
    if ((await store.save({ before, after, auditRows })) === 'saved')
      return recordActs({ log, meter }, after, auditRows);
  }
  throw new RequestContended(requestId);
}

function isNewAttempt(before: ApprovalRequest, { requestId, taskToken, payload, attempt }: CheckedAsk): boolean {
  if (contentHash(payload) !== before.payloadHash) {
    throw new RejectedMessage(
      'RequestKeyReused',
      '/requestKey: was used before for another payload; make it of what is unique to the ask',
      { taskToken, requestId },
    );
  }
  return attempt > before.token.attempt;
}

async function record(props: OpenRequestProps, message: ActionRefusedMessage): Promise<void> {
  const { requestId } = message;
  const result = await changeRequest(props, requestId, (request) => ({
    outcome: undefined,
    change: actionRefused(request, message),
  }));
  if (result.kind === 'contended') throw new RequestContended(requestId);
  if (result.kind === 'missing') throw new RejectedMessage('UnknownRequest', '/requestId: there is no such request');
}

async function reject(
  props: OpenRequestProps,
  { messageId, body }: QueueMessage,
  error: RejectedMessage,
): Promise<void> {
  const { callback, deadLetters, clock, log, meter } = props;
  const { name, message, waiting } = error;
  log.warn('The message is rejected and goes to the dead-letter queue', {
    messageId,
    requestId: waiting?.requestId,
    correlationId: correlationIdIn(body),
    errorName: name,
  });
  if (waiting) {
    const { taskToken, requestId } = waiting;
    const at = new Date(clock.now()).toISOString();
    await callback.fail(taskToken, CALLBACK_ERRORS.invalid, { requestId, reason: message, at });
  }
  await deadLetters.send(body, { reason: attributeText(message), errorName: name, originalMessageId: messageId });
  meter.count('ApprovalMessageRejected');
  if (name === 'UnknownVersion') meter.count(SIGNALS.unknownVersion);
}
