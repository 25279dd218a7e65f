import { contentHash } from '../../shared/content-hash';
import type { StepGuard } from '../../shared/idempotency/step-guard';
import type { Invocation } from '../../shared/invocation';
import type { Observability } from '../../shared/observability/observe';
import { parseInput } from '../../shared/validation/parse-input';
import { StepFenced } from '../contracts/errors';
import { stepKeys } from '../contracts/names';
import { shipOrderInput } from '../contracts/task-inputs';
import type { Carrier } from './carrier';
import { refuseKeyReuse } from './key-reuse';

/** What shipping works with. */
export interface ShipOrderProps extends Observability {
  readonly carrier: Carrier;
  readonly steps: StepGuard;
}

/**
 * Books the shipment of an order, once. After an attempt whose outcome is unknown it looks the shipment up before it
 * asks again. Throws what the carrier throws, StepFenced, InvalidInput.
 */
export function createShipOrder({ carrier, steps, log, meter }: ShipOrderProps) {
  return async (payload: unknown, invocation: Invocation): Promise<{ shipmentId: string }> => {
    const { orderId, lines, customer, correlationId } = parseInput(shipOrderInput, payload);
    const step = {
      key: stepKeys.shipOrder(orderId),
      contentHash: contentHash({ lines }),
      undo: () => carrier.cancel(orderId),
    };
    const line = log.with({ orderId, correlationId });

    const result = await steps
      .once(step, invocation, async ({ isRetry }) => {
        const earlier = isRetry ? await carrier.lookup(orderId) : undefined;
        if (earlier?.state === 'booked') {
          line.info('The shipment was found booked');
          return { shipmentId: earlier.shipmentId };
        }
        if (earlier) throw new StepFenced(step.key);
        const { shipmentId } = await carrier.book({ key: orderId, lines, customer });
        meter.count('ShipmentBooked');
        return { shipmentId };
      })
      .catch(refuseKeyReuse);
    line.info('The shipment is booked', { shipmentId: result.shipmentId });
    return result;
  };
}
