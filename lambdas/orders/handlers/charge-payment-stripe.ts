import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { orderFieldsOf } from '../adapters/order-fields';
import { createChargePayment } from '../domain/charge-payment';
import { paymentApproval } from './wiring/payment-approval';
import { stepGuard } from './wiring/step-guard';
import { stripePayments } from './wiring/stripe-payments';

const observability = powertoolsObservability();

/** The task ChargePayment with Stripe. */
export const handler = observe(
  observability,
  createChargePayment({ payments: stripePayments(), steps: stepGuard(), ...paymentApproval(), ...observability }),
  orderFieldsOf,
);
