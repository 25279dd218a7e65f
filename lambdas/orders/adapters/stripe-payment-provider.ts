import type Stripe from 'stripe';
import { StepFenced } from '../../shared/idempotency/step-fenced';
import { PaymentDeclined, PaymentProviderUnavailable, RefundRefused } from '../contracts/errors';
import { stepKeys } from '../contracts/names';
import type { Charge, ListedCharge, Payment, PaymentProvider } from '../domain/payment-provider';
import type { PaymentReferences } from './payment-references';
import { hasMovedOn, translateStripeError } from './stripe-errors';

/** What the adapter works with. */
export interface StripePaymentProviderProps {
  /** The client, made when first needed, since its key comes from Secrets Manager. */
  readonly stripe: () => Promise<Stripe>;
  readonly references: PaymentReferences;
  /** A payment method id, such as `pm_card_visa` in test mode: orders carry none. */
  readonly paymentMethod: string;
}

/** Cancelling and confirming may overtake one another this often before the workflow is asked to try again. */
const MOST_RACES = 3;

/** The most that Stripe lists at once: https://docs.stripe.com/api/payment_intents/list */
const MOST_LISTED = 100;

/**
 * Takes money through Stripe: a PaymentIntent is created, referred to under the payment's key, then confirmed.
 * Undoing cancels or refunds the intent that the key refers to, or voids the key; an intent that is not referred to
 * is never confirmed.
 */
export function createStripePaymentProvider(props: StripePaymentProviderProps): PaymentProvider {
  const { stripe, references, paymentMethod } = props;

  return {
    charge: (charge) =>
      translated(charge.key, async () => {
        const id = await intentOf(charge);
        const intent = await confirm(id);
        const { state } = toPayment(intent);
        if (state === 'captured') return { paymentId: id };
        if (state) throw new StepFenced(stepKeys.chargePayment(charge.key));
        if (intent.status === 'processing') {
          throw new PaymentProviderUnavailable(
            `Stripe is still processing the payment ${charge.key}; look it up later.`,
          );
        }
        // Nobody is there to pass a 3-D Secure check, so `requires_action` is as good as declined.
        throw new PaymentDeclined(`The payment ${charge.key} cannot be taken: its state is ${intent.status}.`);
      }),

    lookup: (key) =>
      translated(key, async () => {
        const reference = await references.find(key);
        if (reference === undefined) return undefined;
        if (reference === 'voided') return { paymentId: key, state: 'voided' as const };
        const { state } = toPayment(await retrieve(reference.providerId));
        return state && { paymentId: reference.providerId, state };
      }),

    refund: (key) =>
      translated(key, async () => {
        const reference = await references.settle(key, 'voided');
        return { outcome: reference === 'voided' ? 'voided' : await takeBack(key, reference.providerId) };
      }),

    listCharges: ({ from, until, cursor }) =>
      translated('books', async () => {
        const { data, has_more } = await (await stripe()).paymentIntents.list({
          created: { gte: seconds(from), lt: seconds(until) },
          limit: MOST_LISTED,
          starting_after: cursor,
          expand: ['data.latest_charge'],
        });
        // Other programs may take money through the same account, and so may other deployments of this one.
        const ours = data.filter((intent) => intent.metadata.ledger === references.name);
        return { charges: ours.flatMap(toListedCharge), cursor: has_more ? data.at(-1)?.id : undefined };
      }),
  };

  /** The intent that the key refers to: an earlier attempt's, or a new one that is now referred to. */
  async function intentOf({ key, amountCents, currency }: Charge): Promise<string> {
    const earlier = await references.find(key);
    const reference = earlier ?? (await references.settle(key, { providerId: await create() }));
    if (reference === 'voided') throw new StepFenced(stepKeys.chargePayment(key));
    return reference.providerId;

    async function create(): Promise<string> {
      const { id } = await (await stripe()).paymentIntents.create(
        {
          amount: amountCents,
          currency: currency.toLowerCase(),
          payment_method: paymentMethod,
          automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
          metadata: { orderId: key, ledger: references.name },
        },
        { idempotencyKey: `create-${key}` },
      );
      return id;
    }
  }

  /**
   * Confirms an intent, or gives it as it is when it was confirmed or cancelled before. Confirming needs no
   * idempotency key: an intent is confirmed once by its nature, and under a key Stripe would repeat a failure of its
   * own for a day.
   */
  async function confirm(id: string): Promise<Stripe.PaymentIntent> {
    try {
      return await (await stripe()).paymentIntents.confirm(id, { expand: ['latest_charge'] });
    } catch (error) {
      if (hasMovedOn(error)) return retrieve(id);
      throw error;
    }
  }

  async function retrieve(id: string): Promise<Stripe.PaymentIntent> {
    return (await stripe()).paymentIntents.retrieve(id, { expand: ['latest_charge'] });
  }

  async function takeBack(key: string, id: string): Promise<'refunded' | 'voided'> {
    for (let race = 0; race < MOST_RACES; race++) {
      const { status } = await retrieve(id);
      if (status === 'canceled') return 'voided';
      try {
        if (status !== 'succeeded') {
          await (await stripe()).paymentIntents.cancel(id);
          return 'voided';
        }
        const refund = await (await stripe()).refunds.create(
          { payment_intent: id },
          { idempotencyKey: `refund-${key}` },
        );
        if (refund.status === 'failed' || refund.status === 'canceled') {
          throw new RefundRefused(`Stripe could not refund the payment ${key}: the refund is ${refund.status}.`);
        }
        return 'refunded';
      } catch (error) {
        if ((error as { code?: string }).code === 'charge_already_refunded') return 'refunded';
        if (!hasMovedOn(error)) throw error;
      }
    }
    throw new PaymentProviderUnavailable(`The payment ${key} kept changing at Stripe while it was undone; try again.`);
  }
}

function toPayment(intent: Stripe.PaymentIntent): { state?: Payment['state'] } {
  if (intent.status === 'canceled') return { state: 'voided' };
  if (intent.status !== 'succeeded') return {};
  const charge = intent.latest_charge;
  return { state: charge !== null && typeof charge === 'object' && charge.refunded ? 'refunded' : 'captured' };
}

/** An intent as a charge; one that was never confirmed has moved no money, and is none. */
function toListedCharge(intent: Stripe.PaymentIntent): ListedCharge[] {
  const { state } = toPayment(intent);
  const key = intent.metadata.orderId;
  if (!state || !key) return [];
  const amountCents = state === 'captured' ? intent.amount_received : intent.amount;
  const createdAt = new Date(intent.created * 1000).toISOString();
  return [{ key, paymentId: intent.id, state, amountCents, currency: intent.currency.toUpperCase(), createdAt }];
}

function seconds(moment: string): number {
  return Math.floor(Date.parse(moment) / 1000);
}

async function translated<T>(key: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw translateStripeError(error, key);
  }
}
