import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { orderFieldsOf } from '../domain/order-fields';
import { createRefundPayment } from '../domain/refund-payment';
import { builtInPayments } from './wiring/built-in-payments';
import { stepGuard } from './wiring/step-guard';

const observability = powertoolsObservability();

/** The task RefundPayment with the built-in provider. */
export const handler = observe(
  observability,
  createRefundPayment({ payments: builtInPayments(), steps: stepGuard(), ...observability }),
  orderFieldsOf,
);
