import type { Observability } from '../../shared/observability/observe';
import { parseInput } from '../../shared/validation/parse-input';
import { estimateDeliveryInput } from '../contracts/quote-run';
import type { DeliveryCarrier } from './delivery-carrier';

/** What estimating works with. */
export interface EstimateDeliveryProps extends Observability {
  readonly carrier: DeliveryCarrier;
}

/**
 * Asks the carrier for the day of delivery. A place that it does not serve is an answer and no failure: only failures
 * fail the run. Throws what the carrier throws, InvalidInput.
 */
export function createEstimateDelivery({ carrier, log }: EstimateDeliveryProps) {
  return async (payload: unknown): Promise<{ isServed: boolean; deliveryDate: string | null }> => {
    const { lines, destination } = parseInput(estimateDeliveryInput, payload);
    const deliveryDate = await carrier.estimate({ lines, destination });
    if (deliveryDate === undefined)
      log.info('The carrier does not serve the country', { country: destination.country });
    return { isServed: deliveryDate !== undefined, deliveryDate: deliveryDate ?? null };
  };
}
