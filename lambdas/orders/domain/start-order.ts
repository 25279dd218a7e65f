import type { Observability } from '../../shared/observability/observe';
import { SIGNALS } from '../../shared/observability/workflow-signals';
import { attributeText } from '../../shared/queue/attribute-text';
import type { MessageQueue } from '../../shared/queue/message-queue';
import { shownFields } from '../../shared/validation/unknown-fields';
import type { Catalogue } from './catalogue';
import { orderFieldsOfMessage } from './order-fields';
import { executionInputOf, readOrderPlaced } from './order-intake';
import { RejectedMessage } from './rejected-message';
import type { WorkflowStarter } from './workflow-starter';

/** What starting orders works with. */
export interface StartOrderProps extends Observability {
  readonly catalogue: Catalogue;
  readonly workflow: WorkflowStarter;
  readonly deadLetters: MessageQueue;
}

/** A message of the order queue. */
export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
}

/**
 * Starts the execution of one queued order. A message that no retry makes right is moved to the dead-letter queue
 * with its reason; any other failure is thrown, so that the queue delivers the message again. Nothing is ever
 * dropped.
 */
export function createStartOrder({ catalogue, workflow, deadLetters, log, meter }: StartOrderProps) {
  return async ({ messageId, body }: QueueMessage): Promise<void> => {
    try {
      const placed = readOrderPlaced(body);
      const input = await executionInputOf(placed, catalogue);
      const outcome = await workflow.start(input.orderId, input);
      const { orderId, correlationId } = input;
      meter.count(outcome === 'started' ? 'OrderStarted' : 'OrderRepeated');
      log.info(outcome === 'started' ? 'The order is started' : 'The order was started before', {
        orderId,
        correlationId,
      });
      if (placed.unknown.length > 0) {
        meter.count(SIGNALS.unknownFields);
        log.warn('The event has fields that are not known; they are ignored', {
          orderId,
          correlationId,
          fields: shownFields(placed.unknown),
        });
      }
    } catch (error) {
      if (!(error instanceof RejectedMessage)) throw error;
      log.warn('The message is rejected and goes to the dead-letter queue', {
        messageId,
        ...orderFieldsOfMessage(body),
        errorName: error.name,
      });
      await deadLetters.send(body, {
        reason: attributeText(error.message),
        errorName: error.name,
        originalMessageId: messageId,
      });
      meter.count('OrderMessageRejected');
      if (error.name === 'UnknownVersion') meter.count(SIGNALS.unknownVersion);
    }
  };
}
