import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createChargePayment } from '../domain/charge-payment';
import { orderFieldsOf } from '../domain/order-fields';
import { builtInPayments } from './wiring/built-in-payments';
import { paymentApproval } from './wiring/payment-approval';
import { stepGuard } from './wiring/step-guard';

const observability = powertoolsObservability();

/** The task ChargePayment with the built-in provider. */
export const handler = observe(
  observability,
  createChargePayment({ payments: builtInPayments(), steps: stepGuard(), ...paymentApproval(), ...observability }),
  orderFieldsOf,
);
