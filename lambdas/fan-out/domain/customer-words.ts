/** What a customer is told. */
export interface CustomerWords {
  readonly subject: string;
  readonly text: string;
}

/** What is said of each event that concerns customers. Others, such as an order that waits for a person, say nothing. */
const WORDS: Readonly<Record<string, (order: string) => CustomerWords>> = {
  OrderConfirmed: (order) => ({
    subject: `Your order ${order} is confirmed`,
    text: `Thank you. Your order ${order} is paid and on its way.`,
  }),
  OrderRejected: (order) => ({
    subject: `Your order ${order} could not be accepted`,
    text: `We are sorry: your order ${order} could not be accepted. Nothing was charged.`,
  }),
  OrderCompensated: (order) => ({
    subject: `Your order ${order} was cancelled`,
    text: `We are sorry: your order ${order} was cancelled. What was charged is given back.`,
  }),
};

/** What the customer of an order is told of an event, or undefined when there is nothing to tell. */
export function customerWords(type: string, detail: Readonly<Record<string, unknown>>): CustomerWords | undefined {
  const words = Object.hasOwn(WORDS, type) ? WORDS[type] : undefined;
  const { orderId, totalCents, currency } = detail;
  if (!words || typeof orderId !== 'string') return undefined;
  const { subject, text } = words(orderId);
  const total =
    typeof totalCents === 'number' ? [`Total: ${(totalCents / 100).toFixed(2)} ${currency ?? ''}`.trim()] : [];
  return { subject, text: [text, ...total].join('\n\n') };
}
