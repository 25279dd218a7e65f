import type { OrderStatus } from '../contracts/names';
import type { PricedLine } from './order-line';

/** Who bought. Personal data: never logged. */
export interface Customer {
  readonly name?: string;
  readonly email?: string;
}

/** An order's row. Orders that were rejected or fenced before they were reserved may lack lines and totals. */
export interface Order {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly reservation?: 'held' | 'released' | 'sold';
  readonly executionId?: string;
  readonly owner?: string;
  /** Hash of what was ordered; see `orderContentHash`. */
  readonly linesHash?: string;
  readonly lines?: readonly PricedLine[];
  readonly totalCents?: number;
  readonly currency?: string;
  readonly customer?: Customer;
  readonly reason?: string;
  /** Leads through the logs of everything that has to do with the order. */
  readonly correlationId?: string;
  /** ISO 8601; only as long as the order has none of the four ends: what the index of waiting orders goes by. */
  readonly waitingSince?: string;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  /** ISO 8601: when the failure was noticed for which the order is undone. */
  readonly failedAt?: string;
  /** Milliseconds for which a confirmed order waited for somebody to approve it. */
  readonly approvalWaitedMs?: number;
}

/** The input of the orders machine. */
export interface OrderExecutionInput {
  readonly orderId: string;
  readonly owner: string;
  readonly currency: string;
  readonly totalCents: number;
  readonly lines: readonly PricedLine[];
  readonly customer: Customer;
  readonly correlationId: string;
  readonly placedAt: string;
}
