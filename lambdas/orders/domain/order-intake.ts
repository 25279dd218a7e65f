import { type EventEnvelope, eventEnvelope } from '../contracts/event-envelope';
import { DEFAULT_CURRENCY } from '../contracts/fields';
import { API_SOURCE, ORDER_PLACED } from '../contracts/names';
import { type OrderPlacedDetail, orderPlacedDetail } from '../contracts/order-placed';
import { describeFaults } from '../contracts/parse-input';
import type { Catalogue } from './catalogue';
import type { OrderExecutionInput } from './order';
import { mergeOrderLines, priceLines } from './order-line';
import { QuantityTooLarge } from './order-refusals';
import { EVENT_OWNER } from './owner';
import { RejectedMessage } from './rejected-message';

/** The largest input of an execution: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const EXECUTION_INPUT_LIMIT_BYTES = 256 * 1024;

/** A checked `OrderPlaced` event. */
export interface PlacedOrder {
  readonly envelope: EventEnvelope;
  readonly detail: OrderPlacedDetail;
}

/** Reads the body of a queue message as an `OrderPlaced` event. Throws RejectedMessage. */
export function readOrderPlaced(body: string): PlacedOrder {
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch (error) {
    throw new RejectedMessage('MalformedMessage', `The message is not JSON: ${(error as Error).message}`);
  }
  const envelope = eventEnvelope.safeParse(message);
  if (!envelope.success) throw new RejectedMessage('MalformedMessage', describeFaults(envelope.error.issues, message));
  if (envelope.data['detail-type'] !== ORDER_PLACED) {
    const got = JSON.stringify(envelope.data['detail-type'].slice(0, 60));
    throw new RejectedMessage('MalformedMessage', `The event is ${got}; only ${ORDER_PLACED} is taken here.`);
  }
  const detail = orderPlacedDetail.safeParse(envelope.data.detail);
  if (!detail.success) {
    throw new RejectedMessage('InvalidOrder', describeFaults(detail.error.issues, envelope.data.detail));
  }
  return { envelope: envelope.data, detail: detail.data };
}

/** The input of the execution that carries out an order. Throws RejectedMessage. */
export async function executionInputOf(placed: PlacedOrder, catalogue: Catalogue): Promise<OrderExecutionInput> {
  const { envelope, detail } = placed;
  const merged = mergedLines(detail);
  const { lines, totalCents, unknownSkus } = priceLines(merged, await catalogue.prices(merged.map(({ sku }) => sku)));
  if (unknownSkus.length > 0) {
    throw new RejectedMessage('UnknownProduct', `No such product: ${unknownSkus.join(', ')}.`);
  }
  return withinLimit({
    orderId: detail.orderId,
    // An owner may see the order, so only our own API may name one.
    owner: (envelope.source === API_SOURCE && detail.owner) || EVENT_OWNER,
    currency: detail.currency ?? DEFAULT_CURRENCY,
    totalCents,
    lines,
    customer: detail.customer ?? {},
    correlationId: detail.correlationId ?? envelope.id,
    placedAt: detail.placedAt ?? envelope.time,
  });
}

/** The same input, if Step Functions takes it. Throws RejectedMessage. */
export function withinLimit(input: OrderExecutionInput): OrderExecutionInput {
  const bytes = Buffer.byteLength(JSON.stringify(input));
  if (bytes <= EXECUTION_INPUT_LIMIT_BYTES) return input;
  throw new RejectedMessage(
    'OrderTooLarge',
    `The order has ${bytes} bytes as an execution's input; at most ${EXECUTION_INPUT_LIMIT_BYTES} are taken.`,
  );
}

function mergedLines({ lines }: OrderPlacedDetail) {
  try {
    return mergeOrderLines(lines);
  } catch (error) {
    if (error instanceof QuantityTooLarge) throw new RejectedMessage('QuantityTooLarge', error.message);
    throw error;
  }
}
