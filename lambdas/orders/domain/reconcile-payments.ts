import type { Clock } from '../../shared/clock';
import type { StepGuard } from '../../shared/idempotency/step-guard';
import type { Invocation } from '../../shared/invocation';
import { errorFields } from '../../shared/observability/log';
import type { Observability } from '../../shared/observability/observe';
import type { MessageQueue } from '../../shared/queue/message-queue';
import { ReconciliationIncomplete, RefundRefused } from '../contracts/errors';
import { judgeCharge, type MoneyMismatch } from './judge-charge';
import type { OrderStore } from './order-store';
import type { ListedCharge, PaymentProvider } from './payment-provider';
import type { ReconciliationBook } from './reconciliation-book';
import { createRefundPayment } from './refund-payment';
import { hasTime } from './run-budget';

/** What comparing charges with orders works with. */
export interface ReconcilePaymentsProps extends Observability {
  readonly payments: PaymentProvider;
  readonly steps: StepGuard;
  readonly orders: Pick<OrderStore, 'find'>;
  readonly book: ReconciliationBook;
  readonly review: MessageQueue;
  readonly clock: Clock;
  /** Younger charges are left to the workflow. */
  readonly afterSeconds: number;
}

/** What a run over the charges came to. */
export interface PaymentsReconciled {
  readonly orphansFound: number;
  readonly orphansRepaired: number;
  readonly moneyMismatches: number;
  /** Charges before this moment (ISO 8601) have been compared for good. */
  readonly comparedUntil: string;
}

/** How far back the first run looks. */
const FIRST_WINDOW_MS = 24 * 60 * 60 * 1000;

/** A window is compared whole or again, so it must fit one run. */
const LONGEST_WINDOW_MS = 60 * 60 * 1000;

type Outcome = 'agrees' | 'later' | 'refunded' | 'mismatch' | 'known';

/**
 * Compares the charges in the provider's books with the orders, each until its order has its end. Money that stands
 * for no order, or for one that was rejected or compensated, goes back by RefundPayment's own steps; whatever is not
 * ours to judge is told a person once. A charge that fails does not keep the others back: the run comes to its end,
 * throws ReconciliationIncomplete, and the next one begins where it failed.
 */
export function createReconcilePayments(props: ReconcilePaymentsProps) {
  const { book, clock, afterSeconds, log, meter } = props;
  const reconcile = createReconcileCharge(props);
  return async (_input: unknown, invocation: Invocation): Promise<PaymentsReconciled> => {
    const lastMs = clock.now() - afterSeconds * 1000;
    const known = await book.comparedUntil();
    let fromMs = known === undefined ? lastMs - FIRST_WINDOW_MS : Date.parse(known);
    const counts: Record<Outcome, number> = { agrees: 0, later: 0, refunded: 0, mismatch: 0, known: 0 };
    let failed = 0;
    let undecidedMs = Infinity;
    while (fromMs < lastMs && hasTime(invocation)) {
      const untilMs = Math.min(lastMs, fromMs + LONGEST_WINDOW_MS);
      for await (const charge of chargesBetween(props.payments, fromMs, untilMs)) {
        const outcome = await reconcile(charge, invocation).catch((error) => {
          failed += 1;
          log.error('The charge could not be reconciled', { orderId: charge.key, ...errorFields(error) });
          return 'later' as const;
        });
        counts[outcome] += 1;
        if (outcome === 'later') undecidedMs = Math.min(undecidedMs, Date.parse(charge.createdAt));
      }
      fromMs = untilMs;
      await book.setComparedUntil(new Date(Math.min(fromMs, undecidedMs)).toISOString());
    }
    const { refunded, mismatch } = counts;
    meter.count('OrphansFound', refunded);
    meter.count('OrphansRepaired', refunded);
    meter.count('MoneyMismatch', mismatch);
    const comparedUntil = new Date(Math.min(fromMs, undecidedMs)).toISOString();
    log.info('Charges are compared with their orders', { refunded, mismatch, failed, comparedUntil });
    if (failed > 0) throw new ReconciliationIncomplete(`${failed} charges failed; the log says why for each.`);
    return { orphansFound: refunded, orphansRepaired: refunded, moneyMismatches: mismatch, comparedUntil };
  };
}

async function* chargesBetween(payments: PaymentProvider, fromMs: number, untilMs: number) {
  const window = { from: new Date(fromMs).toISOString(), until: new Date(untilMs).toISOString() };
  let cursor: string | undefined;
  do {
    const page = await payments.listCharges({ ...window, cursor });
    yield* page.charges;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** The order that a charge names, as log lines tell it. */
interface OrderFields {
  readonly orderId: string;
  readonly correlationId?: string;
}

/** Sees to one charge. */
function createReconcileCharge(props: ReconcilePaymentsProps) {
  const { payments, orders, book, review, log } = props;
  const refundPayment = createRefundPayment(props);
  return async (charge: ListedCharge, invocation: Invocation): Promise<Outcome> => {
    const order = await orders.find(charge.key);
    const verdict = judgeCharge(charge, order);
    if (verdict === 'agrees' || verdict === 'later') return verdict;
    const about = { orderId: charge.key, correlationId: order?.correlationId };
    return verdict === 'refund' ? refund(charge, about, invocation) : report(charge, about, verdict);
  };

  /** The books may be older than the row, and a charge may be another than the one that the order's undo knows. */
  async function refund(charge: ListedCharge, about: OrderFields, invocation: Invocation): Promise<Outcome> {
    const standing = await payments.lookup(charge.key);
    if (standing?.paymentId !== charge.paymentId) {
      const cause = `The payment ${charge.paymentId} names the order, and is not the one that was taken for it.`;
      return report(charge, about, { error: 'ChargeUnknown', cause });
    }
    if (standing.state !== 'captured') return 'agrees';
    try {
      await refundPayment(about, invocation);
    } catch (error) {
      if (!(error instanceof RefundRefused)) throw error;
      return report(charge, about, { error: 'RefundRefused', cause: error.message });
    }
    log.warn('A charge stood for no order, and is refunded', { ...about, paymentId: charge.paymentId });
    return 'refunded';
  }

  /** Tells a person, once; told twice rather than never when a run dies in between. */
  async function report(charge: ListedCharge, about: OrderFields, { error, cause }: MoneyMismatch): Promise<Outcome> {
    const finding = `${error}#${charge.paymentId}`;
    if (await book.isKnown(finding)) return 'known';
    const { key: orderId, paymentId, state, amountCents, currency } = charge;
    const failure = { Error: error, Cause: cause, step: 'ReconcilePayments' };
    const payment = { paymentId, state, amountCents, currency };
    await review.send(JSON.stringify({ orderId, failure, undoFailures: [], payment }));
    await book.note(finding);
    log.error('Money and order do not agree: a person is told', { ...about, paymentId, errorName: error });
    return 'mismatch';
  }
}
