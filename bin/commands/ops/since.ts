import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A moment as somebody typed it, in milliseconds since the epoch: `30m`, `24h`, `7d` ago, or ISO 8601. Throws InvalidArgumentError. */
export function readSince(text: string): number {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return Date.now() - Number(count) * UNITS[unit]!;
  const moment = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(moment)) return moment;
  throw new InvalidArgumentError('must be a span such as 30m, 24h or 7d, or a moment such as 2026-01-31T12:00:00Z.');
}
