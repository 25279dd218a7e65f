import type { EventBus } from '../../shared/events/event-bus';
import type { Observability } from '../../shared/observability/observe';
import type { MessageQueue } from '../../shared/queue/message-queue';
import { API_SOURCE, ORDER_PLACED } from '../contracts/names';
import type { Order } from './order';
import type { ReconciliationBook } from './reconciliation-book';

/** What starting again works with. */
export interface StartAgainProps extends Observability {
  readonly bus: EventBus;
  readonly book: Pick<ReconciliationBook, 'isKnown' | 'note'>;
  readonly review: MessageQueue;
}

/** `sent`: its event is on the bus again. `parked`: it was before, in vain, and a person is told. `known`: so they were. */
export type StartAgainOutcome = 'sent' | 'parked' | 'known';

/**
 * Sees to an order that was accepted and never started. Its event goes to the bus once more, so that it takes the way
 * of every order, with its checks and its dead-letter queue; an event that was not lost after all is harmless, since
 * an order's execution has one name. An order that a second event does not start is for a person.
 */
export function createStartAgain({ bus, book, review, log, meter }: StartAgainProps) {
  return async (order: Order): Promise<StartAgainOutcome> => {
    const { orderId, correlationId } = order;
    const sentAgain = `OrderPlacedAgain#${orderId}`;
    if (!(await book.isKnown(sentAgain))) {
      const [isTaken] = await bus.put([{ source: API_SOURCE, detailType: ORDER_PLACED, detail: placedDetail(order) }]);
      if (!isTaken) throw new Error(`The bus did not take the event of order ${orderId}.`);
      await book.note(sentAgain);
      log.warn('The order was accepted and never started: its event is sent again', { orderId, correlationId });
      return 'sent';
    }
    const neverStarted = `OrderNeverStarted#${orderId}`;
    if (await book.isKnown(neverStarted)) return 'known';
    const failure = {
      Error: 'OrderNeverStarted',
      Cause: 'It was accepted, and two events did not start it: look into the dead-letter queue of orders.',
      step: 'ReconcileOrders',
    };
    await review.send(JSON.stringify({ orderId, failure, undoFailures: [] }));
    await book.note(neverStarted);
    meter.count('OrderParked');
    log.error('The order needs a person: it cannot be started', { orderId, correlationId });
    return 'parked';
  };
}

/** The detail of `OrderPlaced` as place-order makes it; the order's id stands for a correlation id that is lost. */
function placedDetail({ orderId, lines = [], customer, currency, owner, correlationId = orderId, createdAt }: Order) {
  return {
    orderId,
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
    customer,
    currency,
    owner,
    correlationId,
    placedAt: createdAt,
  };
}
