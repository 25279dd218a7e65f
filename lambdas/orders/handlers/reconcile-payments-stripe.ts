import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createReconcilePayments } from '../domain/reconcile-payments';
import { reconciliation } from './wiring/reconciliation';
import { stepGuard } from './wiring/step-guard';
import { stripePayments } from './wiring/stripe-payments';

const observability = powertoolsObservability();

/** The task ReconcilePayments with Stripe. */
export const handler = observe(
  observability,
  createReconcilePayments({ ...reconciliation(), payments: stripePayments(), steps: stepGuard(), ...observability }),
);
