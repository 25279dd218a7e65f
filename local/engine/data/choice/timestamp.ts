import type { Json } from '../../model/json';

/** RFC 3339, as the States Language narrows it: capital T between date and time, and a capital Z or an offset. */
const TIMESTAMP = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Milliseconds since the epoch, with a fraction, of a timestamp; undefined for anything else, such as a 31st of February.
 * https://states-language.net/#timestamps
 */
export function parseTimestamp(value: Json | undefined): number | undefined {
  const match = typeof value === 'string' ? TIMESTAMP.exec(value) : null;
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone] = match;
  const utcMs = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const date = new Date(utcMs);
  const isReal =
    date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60;
  if (!isReal) return undefined;
  const offsetMinutes = zone === 'Z' ? 0 : Number(zone!.slice(0, 3)) * 60 + Number(`${zone![0]}${zone!.slice(4)}`);
  return utcMs + Number(`0${fraction}`) * 1000 - offsetMinutes * 60_000;
}
