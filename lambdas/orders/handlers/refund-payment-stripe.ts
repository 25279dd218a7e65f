import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { orderFieldsOf } from '../domain/order-fields';
import { createRefundPayment } from '../domain/refund-payment';
import { stepGuard } from './wiring/step-guard';
import { stripePayments } from './wiring/stripe-payments';

const observability = powertoolsObservability();

/** The task RefundPayment with Stripe. */
export const handler = observe(
  observability,
  createRefundPayment({ payments: stripePayments(), steps: stepGuard(), ...observability }),
  orderFieldsOf,
);
