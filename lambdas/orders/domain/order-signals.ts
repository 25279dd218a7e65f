import type { Meter } from '../../shared/observability/meter';
import { SIGNALS, secondsBetween } from '../../shared/observability/workflow-signals';
import { isOrderEnd } from '../contracts/names';
import type { Order } from './order';
import { isExpectedRefusal } from './undo-reason';

/**
 * Counts and measures an order's end, when the change of a row is that end. Orders that nobody refused and that were
 * not confirmed are bad: something broke. Moments are those of the row: `createdAt`, the failure's, and that of the end.
 */
export function countOrderEnd(meter: Meter, before: Order | undefined, after: Order | undefined): void {
  if (!after || !isOrderEnd(after.status) || before?.status === after.status) return;
  const { status, reason, createdAt, failedAt, updatedAt, approvalWaitedMs = 0 } = after;
  const measure = (name: string, seconds: number | undefined) => {
    if (seconds !== undefined) meter.seconds(name, seconds);
  };
  if (status === 'OrderConfirmed' || status === 'OrderRejected') {
    meter.count(SIGNALS.good);
    if (status === 'OrderRejected') return;
    // How long a person took to approve says nothing of how the workflow fares.
    const seconds = secondsBetween(createdAt, updatedAt);
    measure(SIGNALS.endToEnd, seconds === undefined ? undefined : seconds - approvalWaitedMs / 1000);
    return;
  }
  if (status === 'OrderCompensated' && isExpectedRefusal(reason)) {
    meter.count(SIGNALS.good);
    return;
  }
  meter.count(SIGNALS.bad);
  measure(SIGNALS.startToDetect, secondsBetween(createdAt, failedAt));
  // An order that needs a person has not recovered yet.
  if (status === 'OrderCompensated') measure(SIGNALS.timeToRecover, secondsBetween(failedAt, updatedAt));
}
