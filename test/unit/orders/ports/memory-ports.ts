import type { Catalogue } from '../../../../lambdas/orders/domain/catalogue';
import type { Order } from '../../../../lambdas/orders/domain/order';
import type { OrderStore } from '../../../../lambdas/orders/domain/order-store';
import type { WorkflowStarter } from '../../../../lambdas/orders/domain/workflow-starter';
import type { BusEvent, EventBus } from '../../../../lambdas/shared/events/event-bus';
import { type Log, type LogFields, silentLog } from '../../../../lambdas/shared/observability/log';
import { silentMeter } from '../../../../lambdas/shared/observability/meter';
import type { MessageQueue } from '../../../../lambdas/shared/queue/message-queue';

/** Observability that says nothing. */
export const silent = { log: silentLog, meter: silentMeter };

/** A log that keeps its lines. */
export function keptLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const write = (base: LogFields): Log => {
    const line = (message: string, fields?: LogFields) =>
      void lines.push(JSON.stringify({ message, ...base, ...fields }));
    return { info: line, warn: line, error: line, with: (fields) => write({ ...base, ...fields }) };
  };
  return { log: write({}), lines };
}

/** A catalogue of fixed prices. */
export function memoryCatalogue(prices: Record<string, number>): Catalogue {
  return {
    prices: async (skus) => new Map(skus.filter((sku) => sku in prices).map((sku) => [sku, prices[sku]!])),
  };
}

/** Rows in memory. */
export function memoryOrders(): OrderStore & { rows: Map<string, Order> } {
  const rows = new Map<string, Order>();
  return {
    rows,
    find: async (orderId) => rows.get(orderId),
    accept: async (order) => {
      const standing = rows.get(order.orderId);
      if (!standing) rows.set(order.orderId, order);
      return standing;
    },
  };
}

/** A bus that keeps what it took; `refusals` counts the events that it will not take. */
export function memoryBus(): EventBus & { events: BusEvent[]; refusals: number } {
  const bus = {
    events: [] as BusEvent[],
    refusals: 0,
    put: async (events: readonly BusEvent[]) =>
      events.map((event) => {
        if (bus.refusals > 0) {
          bus.refusals--;
          return false;
        }
        bus.events.push(event);
        return true;
      }),
  };
  return bus;
}

/** A queue that keeps its messages. */
export function memoryQueue(): MessageQueue & { messages: { body: string; attributes?: Record<string, string> }[] } {
  const messages: { body: string; attributes?: Record<string, string> }[] = [];
  return {
    messages,
    send: async (body, attributes) => void messages.push({ body, attributes: attributes && { ...attributes } }),
  };
}

/** A machine that keeps what it was started with. */
export function memoryWorkflow(): WorkflowStarter & { started: Map<string, any>; failure?: Error } {
  const workflow: WorkflowStarter & { started: Map<string, any>; failure?: Error } = {
    started: new Map(),
    start: async (name, input) => {
      if (workflow.failure) throw workflow.failure;
      if (workflow.started.has(name)) return 'exists';
      workflow.started.set(name, input);
      return 'started';
    },
  };
  return workflow;
}
