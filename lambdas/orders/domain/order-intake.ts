import { describeFaults } from '../../shared/validation/parse-input';
import { shownValue } from '../../shared/validation/shown-value';
import { unknownFields } from '../../shared/validation/unknown-fields';
import type { EventEnvelope } from '../contracts/event-envelope';
import { DEFAULT_CURRENCY } from '../contracts/fields';
import { API_SOURCE, ORDER_PLACED, ORDER_PLACED_VERSION } from '../contracts/names';
import { type OrderPlacedDetail, orderPlacedDetail } from '../contracts/order-placed';
import type { Catalogue } from './catalogue';
import type { OrderExecutionInput } from './order';
import { mergeOrderLines, priceLines } from './order-line';
import { QuantityTooLarge } from './order-refusals';
import { EVENT_OWNER } from './owner';
import { readEnvelope } from './read-envelope';
import { RejectedMessage } from './rejected-message';

/** The largest input of an execution: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const EXECUTION_INPUT_LIMIT_BYTES = 256 * 1024;

/** A checked `OrderPlaced` event. */
export interface PlacedOrder {
  readonly envelope: EventEnvelope;
  readonly detail: OrderPlacedDetail;
  /** Fields of the detail that we do not know, as pointers: they are ignored. */
  readonly unknown: readonly string[];
}

/** Reads the body of a queue message as an `OrderPlaced` event. Throws RejectedMessage. */
export function readOrderPlaced(body: string): PlacedOrder {
  const envelope = readEnvelope(body);
  if (envelope['detail-type'] !== ORDER_PLACED) {
    const got = JSON.stringify(envelope['detail-type'].slice(0, 60));
    throw new RejectedMessage('MalformedMessage', `The event is ${got}; only ${ORDER_PLACED} is taken here.`);
  }
  const { version = ORDER_PLACED_VERSION } = envelope.detail;
  if (version !== ORDER_PLACED_VERSION) {
    const got = shownValue(version);
    throw new RejectedMessage('UnknownVersion', `/version: only ${ORDER_PLACED_VERSION} is known; got ${got}`);
  }
  const detail = orderPlacedDetail.safeParse(envelope.detail);
  if (!detail.success) {
    throw new RejectedMessage('InvalidOrder', describeFaults(detail.error.issues, envelope.detail));
  }
  const unknown = unknownFields(orderPlacedDetail, envelope.detail);
  return { envelope, detail: detail.data, unknown };
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
