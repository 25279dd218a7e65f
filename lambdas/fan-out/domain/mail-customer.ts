import type { Invocation } from '../../shared/invocation';
import { correlationIdOf } from '../../shared/observability/correlation-id';
import { parseInput } from '../../shared/validation/parse-input';
import { deliveryInput, type FanOutEvent } from '../contracts/fan-out-event';
import { ORDERS_SOURCE } from '../contracts/names';
import type { CustomerMailer } from './customer-mailer';
import { customerWords } from './customer-words';
import type { Customers } from './customers';
import type { createDeliverOnce, DeliveryOutcome } from './deliver-once';
import type { Settlement } from './delivery-records';

/** What mailing customers works with. */
export interface MailCustomerProps {
  readonly deliverOnce: ReturnType<typeof createDeliverOnce>;
  readonly customers: Customers;
  readonly mailer: CustomerMailer;
}

/**
 * The task MailCustomer: mails the customer of an order, once per event. An event of something else, one that customers
 * are not told of, and an order without an address are skipped. Throws InvalidInput, MailRefused, MailNotTaken,
 * DeliveryInProgress.
 */
export function createMailCustomer({ deliverOnce, customers, mailer }: MailCustomerProps) {
  return async (payload: unknown, invocation: Invocation): Promise<DeliveryOutcome> => {
    const { event } = parseInput(deliveryInput, payload);
    return deliverOnce({ event, target: 'mail' }, invocation, () => mail(event));
  };

  async function mail({ eventId, type, source, detail }: FanOutEvent): Promise<Settlement> {
    const words = source === ORDERS_SOURCE ? customerWords(type, detail) : undefined;
    if (!words) return { status: 'skipped', reason: 'NothingToTell' };
    const correlationId = correlationIdOf(detail.correlationId);
    const to = await customers.addressOf(String(detail.orderId));
    if (to === undefined) return { status: 'skipped', reason: 'NoAddress' };
    return { status: 'delivered', providerId: await mailer.send({ to, eventId, type, correlationId, ...words }) };
  }
}
