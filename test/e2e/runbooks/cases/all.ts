import type { RunbookCase } from '../runbook-case';
import { APPROVAL_CASES, APPROVAL_DEAD_LETTER_CASES } from './approvals';
import { FAN_OUT_CASES } from './fan-out';
import { INGESTION_CASES } from './ingestion';
import { ORDER_DEAD_LETTER_CASES } from './order-dead-letters';
import { ORDER_CASES } from './orders';
import { QUOTE_CASES } from './quotes';
import { BURNING_CASES, FAILING_CASES, TASK_STORM } from './service-levels';
import { SLOW_DELIVERIES, SLOW_DOCUMENTS, SLOW_ORDERS, SLOW_QUOTES } from './slow';
import { STUCK_APPROVAL, STUCK_DOCUMENT, STUCK_ORDER } from './stuck';
import { COST_RUNAWAY, MONTH_OVER_BUDGET, THROTTLED, WATCHED_APPROVAL_CASES, WATCHED_ORDER_CASES } from './watched';

/** Every case, by the deployment that it is tried on. */
export const CASES: Readonly<Record<string, readonly RunbookCase[]>> = {
  orders: [...ORDER_CASES, ...ORDER_DEAD_LETTER_CASES],
  'orders, as they are watched': [
    MONTH_OVER_BUDGET,
    THROTTLED,
    ...WATCHED_ORDER_CASES,
    STUCK_ORDER,
    SLOW_ORDERS,
    COST_RUNAWAY,
    TASK_STORM,
    FAILING_CASES.orders,
    BURNING_CASES.orders,
  ],
  approvals: [...APPROVAL_CASES, ...APPROVAL_DEAD_LETTER_CASES],
  'approvals, as they are watched': [
    ...WATCHED_APPROVAL_CASES,
    STUCK_APPROVAL,
    FAILING_CASES.approvals,
    BURNING_CASES.approvals,
  ],
  'fan-out': [...FAN_OUT_CASES, SLOW_DELIVERIES, FAILING_CASES['fan-out'], BURNING_CASES['fan-out']],
  ingestion: [...INGESTION_CASES, STUCK_DOCUMENT, SLOW_DOCUMENTS, FAILING_CASES.ingestion, BURNING_CASES.ingestion],
  quotes: [...QUOTE_CASES, SLOW_QUOTES, FAILING_CASES.quotes, BURNING_CASES.quotes],
};
