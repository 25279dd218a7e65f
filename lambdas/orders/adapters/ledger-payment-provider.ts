import type { Sender } from '../../shared/aws/sender';
import type { Clock } from '../../shared/clock';
import { StepFenced } from '../../shared/idempotency/step-fenced';
import { PaymentDeclined } from '../contracts/errors';
import { stepKeys } from '../contracts/names';
import type { ListedCharge, Payment, PaymentProvider } from '../domain/payment-provider';
import { EffectLedger, type LedgerEntry } from './effect-ledger';

/** The words of the payments table. */
const PAYMENT_WORDS = {
  key: 'paymentKey',
  done: 'captured',
  doneCount: 'captures',
  undone: 'refunded',
  undoneCount: 'refunds',
} as const;

/** The built-in payment provider: a ledger in a table, for trials and tests. It moves no money. */
export function createLedgerPaymentProvider(props: {
  client: Sender;
  tableName: string;
  clock: Clock;
}): PaymentProvider {
  const ledger = new EffectLedger(props.client, props.tableName, PAYMENT_WORDS, props.clock);
  return {
    async charge({ key, amountCents, currency }) {
      const entry = await ledger.enter(key, { orderId: key, amountCents, currency });
      if (entry.state !== 'captured') throw new StepFenced(stepKeys.chargePayment(key));
      if (entry.amountCents !== amountCents || entry.currency !== currency) {
        throw new PaymentDeclined(
          `The payment ${key} was captured as ${entry.amountCents} cents of ${entry.currency}; it cannot become ${amountCents} cents of ${currency}.`,
        );
      }
      return { paymentId: key };
    },
    async lookup(key) {
      const entry = await ledger.find(key);
      return entry && { paymentId: key, state: entry.state as Payment['state'] };
    },
    async refund(key) {
      return { outcome: (await ledger.reverse(key)) as 'refunded' | 'voided' };
    },
    async listCharges({ from, until, cursor }) {
      const page = await ledger.list({ from, until, cursor });
      return { charges: page.entries.flatMap(toCharge), cursor: page.cursor };
    },
  };
}

/** A charge as it stands in the ledger; an entry that only stops a late one has no amount, and is none. */
function toCharge({ paymentKey, state, amountCents, currency, createdAt }: LedgerEntry): ListedCharge[] {
  if (typeof amountCents !== 'number') return [];
  const key = String(paymentKey);
  const about = { amountCents, currency: String(currency), createdAt: String(createdAt) };
  return [{ key, paymentId: key, state: state as Payment['state'], ...about }];
}
