import type { Clock } from '../../shared/clock';
import type { Invocation } from '../../shared/invocation';
import { errorFields } from '../../shared/observability/log';
import type { Observability } from '../../shared/observability/observe';
import { ReconciliationIncomplete } from '../contracts/errors';
import { isOrderEnd, MOST_UNDOS } from '../contracts/names';
import type { EndedExecution } from './ended-execution';
import type { KnownExecution, OrderExecutions } from './order-executions';
import type { OrderStore } from './order-store';
import { hasTime } from './run-budget';
import type { createStartAgain } from './start-again';
import type { UndoDeadOrder } from './undo-dead-order';
import type { WaitingOrders } from './waiting-orders';

/** What comparing orders with their executions works with. */
export interface ReconcileOrdersProps extends Observability {
  readonly waiting: WaitingOrders;
  readonly executions: OrderExecutions;
  readonly orders: Pick<OrderStore, 'find'>;
  readonly undoDeadOrder: UndoDeadOrder;
  readonly startAgain: ReturnType<typeof createStartAgain>;
  readonly clock: Clock;
  /** What is younger is left to the workflow, its status events and the queues. */
  readonly afterSeconds: number;
  /** How long an execution may take at most. */
  readonly machineTimeoutSeconds: number;
}

/** What a run over the waiting orders came to. */
export interface OrdersReconciled {
  readonly orphansFound: number;
  readonly orphansRepaired: number;
  /** False when the time was up; the next run finds the rest. */
  readonly isComplete: boolean;
}

/** So long may reconciliation itself have stood still before it misses an execution that died without a row. */
const LONGEST_PAUSE_SECONDS = 24 * 60 * 60;

type Outcome = 'fine' | 'repaired' | 'parked';

/**
 * Finds orders that nothing brings to their end: an execution that ended without one, whose status event was lost, also
 * before it had written a row; and an accepted order whose start was lost. How long an order waits decides nothing but
 * whether it is looked at: an execution that runs may wait for an approval. One order that fails does not keep the
 * others back; at the end the run throws ReconciliationIncomplete.
 */
export function createReconcileOrders(props: ReconcileOrdersProps) {
  const { log, meter } = props;
  return async (_input: unknown, invocation: Invocation): Promise<OrdersReconciled> => {
    const now = props.clock.now();
    const counts: Record<Outcome, number> = { fine: 0, repaired: 0, parked: 0 };
    let failed = 0;
    let isComplete = true;
    for await (const orderId of suspects(props, now)) {
      if (!hasTime(invocation)) {
        isComplete = false;
        log.warn('The time is up; the next run finds the other orders');
        break;
      }
      try {
        counts[await reconcile(orderId, now, props)] += 1;
      } catch (error) {
        failed += 1;
        log.error('The order could not be reconciled', { orderId, ...errorFields(error) });
      }
    }
    const orphansFound = counts.repaired + counts.parked;
    meter.count('OrphansFound', orphansFound);
    meter.count('OrphansRepaired', counts.repaired);
    log.info('Orders are compared with their executions', { orphansFound, failed, isComplete });
    if (failed > 0) throw new ReconciliationIncomplete(`${failed} orders failed; the log says why for each.`);
    return { orphansFound, orphansRepaired: counts.repaired, isComplete };
  };
}

/** Orders that wait, and orders of which an execution died; without those of which one runs, each once. */
async function* suspects(props: ReconcileOrdersProps, now: number): AsyncIterable<string> {
  const { executions, waiting, afterSeconds, machineTimeoutSeconds } = props;
  const seen = new Set(await executions.running());
  const before = new Date(now - afterSeconds * 1000).toISOString();
  const since = now - (machineTimeoutSeconds + LONGEST_PAUSE_SECONDS) * 1000;
  for (const source of [waiting.before(before), executions.died(since)]) {
    for await (const orderId of source) {
      if (seen.has(orderId)) continue;
      seen.add(orderId);
      yield orderId;
    }
  }
}

async function reconcile(orderId: string, now: number, props: ReconcileOrdersProps): Promise<Outcome> {
  const order = await props.orders.find(orderId);
  if (isOrderEnd(order?.status)) return 'fine';
  const last = await lastExecution(orderId, props.executions);
  // Of an execution that has just ended, the status event is still on its way.
  if (last && (last.stoppedAt ?? Infinity) > now - props.afterSeconds * 1000) return 'fine';
  if (!last && order?.status === 'OrderAccepted') {
    const outcome = await props.startAgain(order);
    return outcome === 'sent' ? 'repaired' : outcome === 'parked' ? 'parked' : 'fine';
  }
  const outcome = await props.undoDeadOrder(endedExecution(orderId, last));
  return outcome === 'undone' ? 'repaired' : outcome === 'parked' ? 'parked' : 'fine';
}

interface LastExecution extends KnownExecution {
  readonly undoAttempt: number;
}

/** The order's newest execution: its own, or the last of its undos. */
async function lastExecution(orderId: string, executions: OrderExecutions): Promise<LastExecution | undefined> {
  let last: LastExecution | undefined;
  for (let undoAttempt = 0; undoAttempt <= MOST_UNDOS; undoAttempt++) {
    const found = await executions.find(orderId, undoAttempt);
    if (found) last = { ...found, undoAttempt };
    else if (undoAttempt > 0) break;
  }
  return last;
}

function endedExecution(orderId: string, last: LastExecution | undefined): EndedExecution {
  const how = last ? `ended as ${last.status}` : 'is gone';
  return {
    orderId,
    executionArn: last?.executionArn ?? '',
    undoAttempt: last?.undoAttempt ?? 0,
    failure: {
      Error: `Execution.${last?.status ?? 'GONE'}`,
      Cause: `The execution ${how} and the order had no end.`,
      step: 'Execution',
    },
  };
}
