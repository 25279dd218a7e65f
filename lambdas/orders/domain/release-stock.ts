import type { Clock } from '../../shared/clock';
import type { Invocation } from '../../shared/invocation';
import type { Observability } from '../../shared/observability/observe';
import { parseInput } from '../../shared/validation/parse-input';
import { ReleaseRefused, StockContended } from '../contracts/errors';
import { isOrderEnd } from '../contracts/names';
import { releaseStockInput } from '../contracts/task-inputs';
import type { FaultSource } from './fault';
import type { StockReservation } from './stock-reservation';
import { isExpectedRefusal } from './undo-reason';

/** What releasing works with. */
export interface ReleaseStockProps extends Observability {
  readonly reservation: StockReservation;
  readonly clock: Clock;
  /** Counts one order that a release of the workflow had to undo although nobody refused it. */
  readonly countUnexpectedUndo: (release: string) => void;
  /** Absent in production. */
  readonly faults?: FaultSource;
}

/** `fenced`: nothing was held, and now nothing can be. */
export type ReleaseOutcome = 'released' | 'fenced';

/** Races in a row after which the workflow is asked to try again later. */
const MOST_RACES = 5;

/**
 * Undoes ReserveStock, whether it has run, is running or never began. Throws StockContended, ReleaseRefused,
 * InvalidInput.
 */
export function createReleaseStock(props: ReleaseStockProps) {
  const { reservation, clock, countUnexpectedUndo, faults, log, meter } = props;
  return async (payload: unknown, _invocation: Invocation): Promise<{ outcome: ReleaseOutcome }> => {
    const { orderId, correlationId, failure, release: byRelease } = parseInput(releaseStockInput, payload);
    const fault = await faults?.take(orderId, 'releaseStock');
    switch (fault?.kind) {
      case 'decline':
        throw new ReleaseRefused(`The stock of ${orderId} may not be released.`);
      case 'errorBeforeEffect':
      case 'throttled':
        throw new StockContended(`The stock of ${orderId} cannot be released at the moment; try again.`);
      case 'slow':
        await clock.sleep(fault.delayMilliseconds ?? 0);
    }

    const outcome = await release(reservation, orderId);
    if (fault?.kind === 'timeoutAfterEffect') {
      throw new StockContended(`No answer came on the release of ${orderId}; try again.`);
    }
    if (outcome === 'released') meter.count('StockReleased');
    if (byRelease && !isExpectedRefusal(failure)) countUnexpectedUndo(byRelease);
    log.info('The stock is undone', { orderId, correlationId, outcome });
    return { outcome };
  };
}

async function release(reservation: StockReservation, orderId: string): Promise<ReleaseOutcome> {
  for (let race = 0; race < MOST_RACES; race++) {
    const order = await reservation.read(orderId);
    if (order?.reservation === 'released') return 'released';
    if (order?.reservation === 'sold' || order?.status === 'OrderConfirmed') {
      throw new ReleaseRefused(`The stock of ${orderId} is sold: a confirmed order is not undone.`);
    }
    if (order?.reservation === 'held') {
      if ((await reservation.release(order)) === 'done') return 'released';
      continue;
    }
    // An end without a reservation already stops ReserveStock, whose condition is an absent or an accepted order.
    if (isOrderEnd(order?.status)) return 'fenced';
    if ((await reservation.fence(orderId)) === 'done') return 'fenced';
  }
  throw new StockContended(`The order ${orderId} kept changing while its stock was released; try again.`);
}
