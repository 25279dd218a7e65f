/**
 * Owns when items expire by their time-to-live attribute, and wakes at those seconds by the kernel's clock.
 * AWS removes an expired item within a few days and leaves it readable until then; here it goes in the second after it
 * expired. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
 *
 * Invariants
 * 1. The item's attribute decides, read again when its second comes: an entry here is only a reminder.
 * 2. An item that expired more than five years ago is left alone, as on AWS.
 */
import type { Clock, Timer } from '../../kernel/clock';
import type { Place } from './key-schema';
import type { AttributeValue } from './model';

const FIVE_YEARS_SECONDS = 5 * 365 * 24 * 60 * 60;
const LATEST_SECONDS = 8_640_000_000_000;

/** Reminders of one table, by the second in which they fall due. */
export class ExpirySchedule {
  private readonly dueAt = new Map<number, { readonly places: Map<string, Place>; readonly timer: Timer }>();

  constructor(
    private readonly clock: Clock,
    private readonly expire: (place: Place) => void,
  ) {}

  /** Remembers an item whose time-to-live attribute has this value; not a number means that it never expires. */
  remember(place: Place, value: AttributeValue | undefined): void {
    const seconds = expirySeconds(value, this.clock.now());
    if (seconds === undefined) return;
    const key = `${place.hash.length}:${place.hash}${place.range}`;
    const due = this.dueAt.get(seconds);
    if (due) {
      due.places.set(key, place);
      return;
    }
    // An item is expired when the current second is greater than its value.
    const timer = this.clock.schedule((seconds + 1) * 1000, () => this.wake(seconds));
    this.dueAt.set(seconds, { places: new Map([[key, place]]), timer });
  }

  /** Forgets everything: time to live was switched off, or the table is gone. */
  clear(): void {
    for (const { timer } of this.dueAt.values()) timer.cancel();
    this.dueAt.clear();
  }

  private wake(seconds: number): void {
    const due = this.dueAt.get(seconds);
    this.dueAt.delete(seconds);
    for (const place of due?.places.values() ?? []) this.expire(place);
  }
}

/** The second after which an item is expired; undefined for one that does not expire. */
function expirySeconds(value: AttributeValue | undefined, nowMs: number): number | undefined {
  if (value?.N === undefined) return undefined;
  const seconds = Math.floor(Number(value.N));
  if (seconds < nowMs / 1000 - FIVE_YEARS_SECONDS || seconds > LATEST_SECONDS) return undefined;
  return seconds;
}

/** True when an item with this time-to-live value is to be removed now. */
export function isExpired(value: AttributeValue | undefined, nowMs: number): boolean {
  const seconds = expirySeconds(value, nowMs);
  return seconds !== undefined && Math.floor(nowMs / 1000) > seconds;
}
