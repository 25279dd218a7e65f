import type { Observability } from '../../shared/observability/observe';
import type { MessageQueue } from '../../shared/queue/message-queue';
import { executionName, isOrderEnd, MOST_UNDOS } from '../contracts/names';
import type { EndedExecution } from './ended-execution';
import type { OrderStore } from './order-store';
import type { WorkflowStarter } from './workflow-starter';

/** What undoing works with. */
export interface UndoDeadOrderProps extends Observability {
  readonly orders: Pick<OrderStore, 'find'> & {
    /** Gives the order the end OrderNeedsReview unless it has one. */
    needsReview(orderId: string, reason: string): Promise<void>;
  };
  readonly undo: WorkflowStarter;
  readonly review: MessageQueue;
}

/**
 * What came of it. `hasEnd`: nothing was to be done. `undone`: the next undo runs. `repeated`: it was started before.
 * `parked`: so many undos have died that a person is told.
 */
export type DeadOrderOutcome = 'hasEnd' | 'undone' | 'repeated' | 'parked';

/** Sees to an order whose execution has ended. Repeating is harmless, since each undo execution has one name. */
export type UndoDeadOrder = (ended: EndedExecution) => Promise<DeadOrderOutcome>;

/** Makes an {@link UndoDeadOrder}. The row is read after the execution has ended, so that its last write is seen. */
export function createUndoDeadOrder({ orders, undo, review, log, meter }: UndoDeadOrderProps): UndoDeadOrder {
  return async (ended) => {
    const { orderId, undoAttempt } = ended;
    const order = await orders.find(orderId);
    const correlationId = order?.correlationId;
    if (isOrderEnd(order?.status)) {
      log.info('The order has its end already', { orderId, correlationId, status: order?.status });
      return 'hasEnd';
    }
    if (undoAttempt < MOST_UNDOS) {
      const name = executionName(orderId, undoAttempt + 1);
      const outcome = await undo.start(name, { orderId, correlationId, failure: ended.failure, undoFailures: [] });
      meter.count('OrderUndoStarted', outcome === 'started' ? 1 : 0);
      log.warn('The order is undone after its execution ended', { orderId, correlationId, execution: name, outcome });
      return outcome === 'started' ? 'undone' : 'repeated';
    }
    await review.send(JSON.stringify(reviewMessage(ended)));
    await orders.needsReview(orderId, 'UndoFailed');
    meter.count('OrderParked');
    log.error('The order needs a person: its undo executions died', { orderId, correlationId, undos: undoAttempt });
    return 'parked';
  };
}

function reviewMessage({ orderId, executionArn, failure, undoAttempt }: EndedExecution) {
  const undoFailures = [{ step: `OrderUndo${undoAttempt}`, error: failure.Error, cause: failure.Cause }];
  return { orderId, executionArn, failure, undoFailures };
}
