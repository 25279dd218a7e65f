import type { Host } from '../../wire/host';
import type { Access, Action } from '../../wire/service';
import { invalidParameterValue } from './faults';
import type { CloudWatchStore } from './store';

/** What the actions of CloudWatch work with. */
export interface CloudWatchParts {
  readonly host: Host;
  readonly store: CloudWatchStore;
}

/** Makes an action from the parts. */
export type ActionFactory = (parts: CloudWatchParts) => Action;

/** Access to an action for which AWS knows no resource. */
export function anyAccess(action: string, context?: (input: any) => Record<string, string>) {
  return (input: any): Access[] => [{ action: `cloudwatch:${action}`, resource: '*', context: context?.(input) }];
}

/** The ARN of an alarm. */
export function alarmArn({ region, accountId }: Pick<Host, 'region' | 'accountId'>, name: string): string {
  return `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;
}

/** Access to the alarms that an input names. */
export function alarmAccess({ host }: CloudWatchParts, action: string, names: (input: any) => string[]) {
  return (input: any): Access[] =>
    names(input).map((name) => ({ action: `cloudwatch:${action}`, resource: alarmArn(host, name) }));
}

/** Access to the dashboards that an input names. */
export function dashboardAccess({ host }: CloudWatchParts, action: string, names: (input: any) => string[]) {
  return (input: any): Access[] =>
    names(input).map((name) => ({
      action: `cloudwatch:${action}`,
      resource: `arn:aws:cloudwatch::${host.accountId}:dashboard/${name}`,
    }));
}

/** Switches the actions of alarms on or off; names that are not there are passed over, as on AWS. */
export function switchActions({ store }: CloudWatchParts, names: readonly string[], ActionsEnabled: boolean): void {
  for (const name of names) {
    const alarm = store.alarm(name);
    if (alarm) store.setAlarm({ ...alarm, properties: { ...alarm.properties, ActionsEnabled } });
  }
}

/** Dimensions as the API lists them, as a record. */
export function readDimensions(dimensions: { Name: string; Value: string }[] = []): Record<string, string> {
  return Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));
}

/** A record of dimensions as the API lists them. */
export function listDimensions(dimensions: Readonly<Record<string, string>>): { Name: string; Value: string }[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

/** A time of the wire (seconds since the epoch), or a Date of a call in process, in milliseconds. */
export function readTime(name: string, value: unknown): number {
  const ms =
    value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : Number(value) * 1000;
  if (value === undefined || value === null || !Number.isFinite(ms)) {
    throw invalidParameterValue(`The parameter ${name} must be a timestamp, not ${value}.`);
  }
  return ms;
}

/** Part of a list, as `NextToken` and a limit ask for it. */
export function page<Item>(
  items: readonly Item[],
  NextToken: string | undefined,
  limit: number,
): { items: Item[]; NextToken?: string } {
  const at = NextToken === undefined ? '0' : Buffer.from(NextToken, 'base64').toString();
  const start = Number(at);
  if (!/^\d+$/.test(at)) throw invalidParameterValue('The value for parameter NextToken is invalid.');
  const end = start + limit;
  return {
    items: items.slice(start, end),
    NextToken: end < items.length ? Buffer.from(String(end)).toString('base64') : undefined,
  };
}
