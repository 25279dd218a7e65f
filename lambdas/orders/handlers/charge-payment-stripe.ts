import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createChargePayment } from '../domain/charge-payment';
import { orderFieldsOf } from '../domain/order-fields';
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
