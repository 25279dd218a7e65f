import type { StepGuard } from '../../shared/idempotency/step-guard';
import type { Invocation } from '../../shared/invocation';
import type { Observability } from '../../shared/observability/observe';
import { parseInput } from '../../shared/validation/parse-input';
import { stepKeys } from '../contracts/names';
import { undoInput } from '../contracts/task-inputs';
import type { PaymentProvider } from './payment-provider';

/** What refunding works with. */
export interface RefundPaymentProps extends Observability {
  readonly payments: PaymentProvider;
  readonly steps: StepGuard;
}

/**
 * Undoes ChargePayment, whether it has run, is running or never began. The fence goes first: a charge that passes it
 * is one that the provider's refund sees, or one that meets the voided key.
 */
export function createRefundPayment({ payments, steps, log, meter }: RefundPaymentProps) {
  return async (payload: unknown, _invocation: Invocation): Promise<{ outcome: 'refunded' | 'voided' }> => {
    const { orderId, correlationId } = parseInput(undoInput, payload);
    await steps.fence(stepKeys.chargePayment(orderId));
    const { outcome } = await payments.refund(orderId);
    meter.count(outcome === 'refunded' ? 'PaymentRefunded' : 'PaymentVoided');
    log.info('The payment is undone', { orderId, correlationId, outcome });
    return { outcome };
  };
}
