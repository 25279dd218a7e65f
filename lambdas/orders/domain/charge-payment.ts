import { contentHash } from '../../shared/content-hash';
import type { StepGuard } from '../../shared/idempotency/step-guard';
import type { Invocation } from '../../shared/invocation';
import type { Observability } from '../../shared/observability/observe';
import { parseInput } from '../../shared/validation/parse-input';
import { StepFenced } from '../contracts/errors';
import { stepKeys } from '../contracts/names';
import { chargePaymentInput } from '../contracts/task-inputs';
import { refuseKeyReuse } from './key-reuse';
import { type PaymentApprovalProps, requireApproval } from './payment-approval';
import type { PaymentProvider } from './payment-provider';

/** What charging works with. */
export interface ChargePaymentProps extends Observability, PaymentApprovalProps {
  readonly payments: PaymentProvider;
  readonly steps: StepGuard;
}

/**
 * Takes the money of an order, once, and of a large one only with an approval of exactly this order. After an attempt
 * whose outcome is unknown it looks the payment up before it asks again. Throws what the provider throws, StepFenced,
 * InvalidInput, and before anything is charged ApprovalRequired and ApprovalMismatch.
 */
export function createChargePayment({ payments, steps, log, meter, ...approval }: ChargePaymentProps) {
  return async (payload: unknown, invocation: Invocation): Promise<{ paymentId: string }> => {
    const input = parseInput(chargePaymentInput, payload);
    const { orderId, totalCents, currency, lines, correlationId } = input;
    await requireApproval({ orderId, currency, totalCents, lines }, input.approval, approval);
    const step = {
      key: stepKeys.chargePayment(orderId),
      contentHash: contentHash({ totalCents, currency }),
      undo: () => payments.refund(orderId),
    };
    const line = log.with({ orderId, correlationId });

    const result = await steps
      .once(step, invocation, async ({ isRetry }) => {
        const earlier = isRetry ? await payments.lookup(orderId) : undefined;
        if (earlier?.state === 'captured') {
          line.info('The payment was found captured');
          return { paymentId: earlier.paymentId };
        }
        if (earlier) throw new StepFenced(step.key);
        const { paymentId } = await payments.charge({ key: orderId, amountCents: totalCents, currency });
        meter.count('PaymentCaptured');
        return { paymentId };
      })
      .catch(refuseKeyReuse);
    line.info('The payment is captured', { paymentId: result.paymentId });
    return result;
  };
}
