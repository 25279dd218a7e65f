import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createReconcilePayments } from '../domain/reconcile-payments';
import { builtInPayments } from './wiring/built-in-payments';
import { reconciliation } from './wiring/reconciliation';
import { stepGuard } from './wiring/step-guard';

const observability = powertoolsObservability();

/** The task ReconcilePayments with the built-in provider. */
export const handler = observe(
  observability,
  createReconcilePayments({ ...reconciliation(), payments: builtInPayments(), steps: stepGuard(), ...observability }),
);
