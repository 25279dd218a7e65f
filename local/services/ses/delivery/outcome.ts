/**
 * Decides what becomes of a mail at one recipient: delivered, unless the address is suppressed or one of the mailbox simulator's.
 * https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator
 */
import { domainOf } from '../address';
import type { ConfigurationSet } from '../model';
import type { SesStore } from '../store';

export type Outcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'bounced'; readonly subType: 'General' | 'Suppressed' | 'OnAccountSuppressionList' }
  /** `isAttempted`: delivered first, then complained about. */
  | { readonly kind: 'complained'; readonly isAttempted: boolean };

const SIMULATOR = 'simulator.amazonses.com';
const SIMULATED: Readonly<Record<string, Outcome>> = {
  bounce: { kind: 'bounced', subType: 'General' },
  complaint: { kind: 'complained', isAttempted: true },
  suppressionlist: { kind: 'bounced', subType: 'Suppressed' },
};

/** A label (`bounce+order7@…`) does not change what an address of the simulator does. */
export function outcomeAt(address: string, store: SesStore, set: ConfigurationSet | undefined): Outcome {
  const destination = store.suppressedDestination(address);
  const reasons = set?.suppressedReasons ?? ['BOUNCE', 'COMPLAINT'];
  if (destination && reasons.includes(destination.reason)) {
    return destination.reason === 'BOUNCE'
      ? { kind: 'bounced', subType: 'OnAccountSuppressionList' }
      : { kind: 'complained', isAttempted: false };
  }
  if (domainOf(address) !== SIMULATOR) return { kind: 'delivered' };
  const mailbox = address.slice(0, address.lastIndexOf('@')).split('+')[0]!.toLowerCase();
  return (Object.hasOwn(SIMULATED, mailbox) && SIMULATED[mailbox]) || { kind: 'delivered' };
}
