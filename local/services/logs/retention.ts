import { validationFailed } from './faults';

/** Days that CloudWatch Logs can keep events. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Throws InvalidParameterException for a number of days that CloudWatch Logs does not know. */
export function checkRetention(days: unknown): number {
  if (!RETENTION_DAYS.includes(days as number)) {
    throw validationFailed(
      'retentionInDays',
      days,
      `Member must satisfy enum value set: [${RETENTION_DAYS.join(', ')}]`,
    );
  }
  return days as number;
}
