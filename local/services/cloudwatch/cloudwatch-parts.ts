import type { Host } from '../../wire/host';
import type { Access, Action } from '../../wire/service';
import type { Alarms } from './alarms/alarms';
import { alarmArn } from './api-values';
import type { CloudWatchStore } from './store';

/** What the actions of CloudWatch work with. */
export interface CloudWatchParts {
  readonly host: Host;
  readonly store: CloudWatchStore;
  readonly alarms: Alarms;
}

/** Makes an action from the parts. */
export type ActionFactory = (parts: CloudWatchParts) => Action;

/** Access to an action for which AWS knows no resource. */
export function anyAccess(action: string, context?: (input: any) => Record<string, string>) {
  return (input: any): Access[] => [{ action: `cloudwatch:${action}`, resource: '*', context: context?.(input) }];
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
