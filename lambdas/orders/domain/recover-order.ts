import type { Observability } from '../../shared/observability/observe';
import type { MessageQueue } from '../../shared/queue/message-queue';
import { isOrderEnd } from '../contracts/names';
import { type EndedExecution, readEndedExecution } from './ended-execution';
import type { OrderStore } from './order-store';
import type { WorkflowStarter } from './workflow-starter';

/** What recovering orders works with. */
export interface RecoverOrderProps extends Observability {
  readonly orders: Pick<OrderStore, 'find'> & {
    /** Gives the order the end OrderNeedsReview unless it has one. */
    needsReview(orderId: string, reason: string): Promise<void>;
  };
  readonly undo: WorkflowStarter;
  readonly review: MessageQueue;
}

/** Undo executions per order; when this many have died, a person takes over. */
const MOST_UNDOS = 3;

/**
 * Undoes an order whose execution ended where no Catch of its own could act: stopped from outside, timed out as a
 * whole, or failed by the runtime. An order that has one of the four ends is left alone. Any failure is thrown, so
 * that the message comes back; repeating is harmless, since each undo execution has one name.
 */
export function createRecoverOrder({ orders, undo, review, log, meter }: RecoverOrderProps) {
  return async ({ body }: { body: string }): Promise<void> => {
    const ended = readEndedExecution(body);
    const { orderId, undoAttempt } = ended;
    const order = await orders.find(orderId);
    if (isOrderEnd(order?.status)) {
      log.info('The order has its end already', { orderId, status: order?.status });
      return;
    }
    if (undoAttempt < MOST_UNDOS) {
      const name = `${orderId}.undo${undoAttempt + 1}`;
      const outcome = await undo.start(name, { orderId, failure: ended.failure, undoFailures: [] });
      meter.count('OrderUndoStarted', outcome === 'started' ? 1 : 0);
      log.warn('The order is undone after its execution ended', { orderId, execution: name, outcome });
      return;
    }
    await review.send(JSON.stringify(reviewMessage(ended)));
    await orders.needsReview(orderId, 'UndoFailed');
    meter.count('OrderParked');
    log.error('The order needs a person: its undo executions died', { orderId, undos: undoAttempt });
  };
}

function reviewMessage({ orderId, executionArn, failure, undoAttempt }: EndedExecution) {
  const undoFailures = [{ step: `OrderUndo${undoAttempt}`, error: failure.Error, cause: failure.Cause }];
  return { orderId, executionArn, failure, undoFailures };
}
