import { APPROVAL_ABOVE_CENTS } from './names';
import type { OrdersWorld, WorldExecution } from './orders-world';
import type { PlannedApproval } from './world-plan';

/** An invariant that does not hold, in words. */
export interface Violation {
  readonly invariant: string;
  readonly detail: string;
}

/** What a world has become, read once. */
export interface WorldEnd {
  readonly world: OrdersWorld;
  readonly orders: ReadonlyMap<string, OrderEndState>;
  readonly stock: readonly Record<string, any>[];
}

/** All that is known of one order at the end. */
export interface OrderEndState {
  readonly orderId: string;
  readonly quantities: ReadonlyMap<string, number>;
  readonly totalCents: number;
  /** Whether it may be charged only once somebody has approved it, and what comes of asking. */
  readonly needsApproval: boolean;
  readonly approval: PlannedApproval;
  /** Whether the row was that of an order confirmed long ago. */
  readonly isTaken: boolean;
  /** Of the orders table, the payments ledger and the shipments ledger. */
  readonly row?: Record<string, any>;
  readonly payment?: Record<string, any>;
  readonly shipment?: Record<string, any>;
  /** Those of the order and its undos, in the order in which they ended. */
  readonly executions: readonly WorldExecution[];
  readonly reviews: readonly any[];
  /** What has landed, in order. */
  readonly effects: readonly string[];
}

/** Reads tables, executions, queues and trace, order by order. */
export async function readEnd(world: OrdersWorld): Promise<WorldEnd> {
  const { plan, trace, reviews } = world;
  const [rows, payments, shipments, stock, executions] = [
    await world.rows('orders'),
    await world.rows('payments'),
    await world.rows('shipments'),
    await world.rows('stock'),
    await world.executions(),
  ];
  const prices = new Map(plan.products.map(({ sku, unitPriceCents }) => [sku, unitPriceCents]));
  const orders = new Map<string, OrderEndState>();
  for (const { orderId, lines, standing, approval } of plan.orders) {
    const totalCents = lines.reduce((sum, { sku, quantity }) => sum + quantity * prices.get(sku)!, 0);
    orders.set(orderId, {
      orderId,
      isTaken: standing === 'confirmed',
      quantities: new Map(lines.map(({ sku, quantity }) => [sku, quantity])),
      totalCents,
      needsApproval: totalCents > APPROVAL_ABOVE_CENTS,
      approval,
      row: rows.find((row) => row.orderId === orderId),
      payment: payments.find((row) => row.paymentKey === orderId),
      shipment: shipments.find((row) => row.shipmentKey === orderId),
      executions: executions.filter(({ name }) => name === orderId || name.startsWith(`${orderId}.undo`)),
      reviews: reviews.filter((review) => review.orderId === orderId),
      effects: trace.effects.filter((effect) => effect.orderId === orderId).map(({ what }) => what),
    });
  }
  return { world, orders, stock };
}
