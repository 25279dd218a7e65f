import type { Clock } from '../../shared/clock';
import type { DeliveryCarrier } from '../domain/delivery-carrier';

const DAY_MS = 86_400_000;

/** What comes before this hour, in UTC, leaves on the same day. */
const CUT_OFF_HOUR = 14;

/** Working days on the way from the warehouse, by country; elsewhere nothing is delivered. */
const WORKING_DAYS: Readonly<Record<string, number>> = {
  DE: 1,
  AT: 2,
  BE: 2,
  CH: 3,
  CZ: 2,
  DK: 2,
  ES: 4,
  FR: 2,
  GB: 5,
  IT: 3,
  LU: 2,
  NL: 2,
  PL: 2,
  PT: 4,
  SE: 3,
};

/** The built-in carrier: a table of zones and a calendar without holidays, for trials and tests. It carries nothing. */
export function createZoneCarrier(clock: Clock): DeliveryCarrier {
  return {
    async estimate({ destination }) {
      const days = WORKING_DAYS[destination.country];
      return days === undefined ? undefined : dayOf(arrivalMs(clock.now(), days));
    },
  };
}

function arrivalMs(nowMs: number, days: number): number {
  let atMs = new Date(nowMs).getUTCHours() < CUT_OFF_HOUR ? nowMs : nowMs + DAY_MS;
  while (!isWorkingDay(atMs)) atMs += DAY_MS;
  for (let left = days; left > 0; ) {
    atMs += DAY_MS;
    if (isWorkingDay(atMs)) left--;
  }
  return atMs;
}

function isWorkingDay(ms: number): boolean {
  const day = new Date(ms).getUTCDay();
  return day !== 0 && day !== 6;
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
