import type { Host } from '../../wire/host';
import type { Invocation } from './model';

/** `2026-01-01T09:00:00Z` */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/**
 * What the target is handed: its input with the context attributes filled in, or AWS's notification when it has none.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function inputFor(host: Host, invocation: Invocation): string {
  const { target, scheduleArn, scheduledAtMs, executionId, attempts } = invocation;
  const attributes: Readonly<Record<string, string>> = {
    'schedule-arn': scheduleArn,
    'scheduled-time': isoSeconds(scheduledAtMs),
    'execution-id': executionId,
    'attempt-number': String(attempts),
  };
  if (target.Input !== undefined && target.Input !== '') {
    return target.Input.replace(
      /<aws\.scheduler\.(schedule-arn|scheduled-time|execution-id|attempt-number)>/g,
      (_text, name: string) => attributes[name]!,
    );
  }
  return JSON.stringify({
    version: '0',
    id: executionId,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: host.accountId,
    time: isoSeconds(scheduledAtMs),
    region: host.region,
    resources: [scheduleArn],
    detail: '{}',
  });
}
