/** The tables of the orders stack, with their keys. */
export const TABLES = {
  orders: ['orderId'],
  stock: ['sku'],
  payments: ['paymentKey'],
  shipments: ['shipmentKey'],
  idempotency: ['id'],
  faults: ['scope', 'operation'],
} as const;

/** The URLs of the queues that somebody reads. */
export const QUEUES = {
  review: 'https://sqs.us-east-1.amazonaws.com/000000000000/review',
  deadLetters: 'https://sqs.us-east-1.amazonaws.com/000000000000/order-dead-letters',
  approvals: 'https://sqs.us-east-1.amazonaws.com/000000000000/approvals',
} as const;

/** Orders of a larger total need an approval; about half of those that are planned. */
export const APPROVAL_ABOVE_CENTS = 6_000;

/** Seconds after which a state that asks gives up. */
export const APPROVAL_TIMEOUT_SECONDS = 900;

/** Seconds for which orders and charges are left to the workflow before the reconciliation looks at them. */
export const RECONCILED_AFTER_SECONDS = 300;

/** Milliseconds that Lambda gives a function, as the stack sets them. */
export const FUNCTION_TIMEOUT_MS = 15_000;

/** Milliseconds that Lambda gives the functions of the reconciliation. */
export const RECONCILE_TIMEOUT_MS = 300_000;

/** How often a message is received before it goes to its dead-letter queue, as the stages set it. */
export const MOST_RECEIVES = 5;
