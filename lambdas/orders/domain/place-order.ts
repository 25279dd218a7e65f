import { type Clock, isoNow } from '../../shared/clock';
import { contentHash } from '../../shared/content-hash';
import type { EventBus } from '../../shared/events/event-bus';
import type { StepGuard } from '../../shared/idempotency/step-guard';
import type { Invocation } from '../../shared/invocation';
import type { Observability } from '../../shared/observability/observe';
import { DEFAULT_CURRENCY } from '../contracts/fields';
import { API_SOURCE, ORDER_PLACED } from '../contracts/names';
import type { PlaceOrderRequest } from '../contracts/place-order';
import type { Catalogue } from './catalogue';
import type { Order } from './order';
import { orderContentHash, orderIdOf } from './order-identity';
import { mergeOrderLines, priceLines } from './order-line';
import { OrderIdTaken, UnknownProducts } from './order-refusals';
import type { OrderStore } from './order-store';

/** What placing orders works with. */
export interface PlaceOrderProps extends Observability {
  readonly catalogue: Catalogue;
  readonly orders: OrderStore;
  readonly bus: EventBus;
  readonly steps: StepGuard;
  readonly clock: Clock;
  /** Makes the id of an order that has neither an id nor an idempotency key. */
  readonly newOrderId: () => string;
}

/** An order that somebody wants to place. */
export interface PlaceOrderCommand {
  readonly request: PlaceOrderRequest;
  /** Who places it; see `ownerOf`. */
  readonly owner: string;
  readonly idempotencyKey?: string;
  readonly correlationId: string;
}

/** A day: as long as payment providers remember a key. The order id that follows from the key protects for longer. */
const KEY_RETENTION_SECONDS = 24 * 60 * 60;

/**
 * Accepts an order: writes its row, then puts `OrderPlaced` on the bus; gives the order's id. Asked again with the
 * same key or id it puts the event again, since the first time may have died in between; the execution's name stops
 * the duplicate. Throws UnknownProducts, QuantityTooLarge, OrderIdTaken, KeyReused,
 * StepInProgress.
 */
export function createPlaceOrder(props: PlaceOrderProps) {
  const { steps, newOrderId } = props;
  return async (command: PlaceOrderCommand, invocation: Invocation): Promise<{ orderId: string }> => {
    const { request, owner, idempotencyKey } = command;
    if (idempotencyKey === undefined) {
      const orderId = request.orderId ?? newOrderId();
      await accept(props, command, orderId);
      return { orderId };
    }
    const orderId = request.orderId ?? orderIdOf(owner, idempotencyKey);
    const step = {
      key: `PlaceOrder#${contentHash({ owner, idempotencyKey })}`,
      contentHash: contentHash(request),
      retentionSeconds: KEY_RETENTION_SECONDS,
    };
    return steps.once(step, invocation, async () => {
      await accept(props, command, orderId);
      return { orderId };
    });
  };
}

async function accept(props: PlaceOrderProps, command: PlaceOrderCommand, orderId: string): Promise<void> {
  const { catalogue, orders, bus, clock, log, meter } = props;
  const { request, owner, correlationId } = command;
  const merged = mergeOrderLines(request.lines);
  const { lines, totalCents, unknownSkus } = priceLines(merged, await catalogue.prices(merged.map(({ sku }) => sku)));
  if (unknownSkus.length > 0) throw new UnknownProducts(unknownSkus);

  const currency = request.currency ?? DEFAULT_CURRENCY;
  const customer = request.customer ?? {};
  const placedAt = isoNow(clock);
  const linesHash = orderContentHash({ lines, currency, customer });
  const earlier = await orders.accept({
    orderId,
    status: 'OrderAccepted',
    owner,
    linesHash,
    lines,
    totalCents,
    currency,
    customer,
    correlationId,
    waitingSince: placedAt,
    createdAt: placedAt,
    updatedAt: placedAt,
  });
  if (earlier && !isSameOrder(earlier, { owner, linesHash })) throw new OrderIdTaken(orderId);
  // Whoever got past acceptance is in the workflow's hands: only an order that still waits may need its event again.
  if (earlier && earlier.status !== 'OrderAccepted') return;

  const detail = {
    orderId,
    lines: merged,
    customer,
    currency,
    owner,
    correlationId: earlier?.correlationId ?? correlationId,
    placedAt: earlier?.createdAt ?? placedAt,
  };
  const [isTaken] = await bus.put([{ source: API_SOURCE, detailType: ORDER_PLACED, detail }]);
  if (!isTaken) throw new Error(`The bus did not take the event of order ${orderId}; place the order again.`);
  meter.count('OrderAccepted');
  log.info('The order is accepted', {
    orderId,
    correlationId: detail.correlationId,
    isRepeated: earlier !== undefined,
  });
}

function isSameOrder(earlier: Order, { owner, linesHash }: { owner: string; linesHash: string }): boolean {
  return earlier.owner === owner && hashOf(earlier) === linesHash;
}

/** Rows of orders that came as events carry no hash. */
function hashOf({ linesHash, lines = [], currency = DEFAULT_CURRENCY, customer }: Order): string {
  return linesHash ?? orderContentHash({ lines, currency, customer });
}
