import type { StepGuard } from '../../shared/idempotency/step-guard';
import type { Invocation } from '../../shared/invocation';
import type { Observability } from '../../shared/observability/observe';
import { parseInput } from '../../shared/validation/parse-input';
import { stepKeys } from '../contracts/names';
import { undoInput } from '../contracts/task-inputs';
import type { Carrier } from './carrier';

/** What cancelling works with. */
export interface CancelShipmentProps extends Observability {
  readonly carrier: Carrier;
  readonly steps: StepGuard;
}

/**
 * Undoes ShipOrder, whether it has run, is running or never began. The fence goes first: a booking that passes it is
 * one that the carrier's cancellation sees, or one that meets the voided key.
 */
export function createCancelShipment({ carrier, steps, log, meter }: CancelShipmentProps) {
  return async (payload: unknown, _invocation: Invocation): Promise<{ outcome: 'cancelled' | 'voided' }> => {
    const { orderId, correlationId } = parseInput(undoInput, payload);
    await steps.fence(stepKeys.shipOrder(orderId));
    const { outcome } = await carrier.cancel(orderId);
    meter.count(outcome === 'cancelled' ? 'ShipmentCancelled' : 'ShipmentVoided');
    log.info('The shipment is undone', { orderId, correlationId, outcome });
    return { outcome };
  };
}
