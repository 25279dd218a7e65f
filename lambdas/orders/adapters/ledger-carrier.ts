import type { Sender } from '../../shared/aws/sender';
import type { Clock } from '../../shared/clock';
import { StepFenced } from '../../shared/idempotency/step-fenced';
import { stepKeys } from '../contracts/names';
import type { Carrier, Shipment } from '../domain/carrier';
import { EffectLedger } from './effect-ledger';

/** The words of the shipments table. */
const SHIPMENT_WORDS = {
  key: 'shipmentKey',
  done: 'booked',
  doneCount: 'bookings',
  undone: 'cancelled',
  undoneCount: 'cancellations',
} as const;

/** The built-in carrier: a ledger in a table, for trials and tests. It carries nothing. */
export function createLedgerCarrier(props: { client: Sender; tableName: string; clock: Clock }): Carrier {
  const ledger = new EffectLedger(props.client, props.tableName, SHIPMENT_WORDS, props.clock);
  return {
    async book({ key }) {
      const entry = await ledger.enter(key, { orderId: key });
      if (entry.state !== 'booked') throw new StepFenced(stepKeys.shipOrder(key));
      return { shipmentId: key };
    },
    async lookup(key) {
      const entry = await ledger.find(key);
      return entry && { shipmentId: key, state: entry.state as Shipment['state'] };
    },
    async cancel(key) {
      return { outcome: (await ledger.reverse(key)) as 'cancelled' | 'voided' };
    },
  };
}
