import type { Host } from '../../wire/host';
import { offsetPage } from '../../wire/offset-page';
import type { Access, Action } from '../../wire/service';
import { invalidParameter, validationFailed } from './faults';
import type { QueryDesk } from './insights/query-desk';
import type { LogsStore } from './store';

/** What the actions of CloudWatch Logs work with. */
export interface LogsParts {
  readonly host: Host;
  readonly store: LogsStore;
  readonly queries: QueryDesk;
}

/** Makes an action from the parts. */
export type ActionFactory = (parts: LogsParts) => Action;

/** ARN of a log group without the `:*` that attribute `Arn` of CloudFormation ends with. */
export function groupArn({ region, accountId }: Pick<Host, 'region' | 'accountId'>, name: string): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
}

/**
 * Access to a log group; `stream` names the member of the input that makes it a stream's.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 */
export function groupAccess({ host }: LogsParts, action: string, stream?: string) {
  return (input: any): Access[] => {
    const name = groupNameOf(input);
    const suffix = stream && typeof input[stream] === 'string' ? `:log-stream:${input[stream]}` : ':log-stream:';
    return [{ action: `logs:${action}`, resource: `${groupArn(host, name)}${suffix}` }];
  };
}

/** The group that an input names, by name or by ARN. Throws InvalidParameterException. */
export function groupNameOf(input: { logGroupName?: unknown; logGroupIdentifier?: unknown }): string {
  const name = input.logGroupName ?? input.logGroupIdentifier;
  if (typeof name !== 'string' || name === '')
    throw invalidParameter('A log group must be named by logGroupName or logGroupIdentifier.');
  return name.startsWith('arn:') ? (/:log-group:([^:]+)/.exec(name)?.[1] ?? name) : name;
}

/** Throws InvalidParameterException for a name that CloudWatch Logs does not take. */
export function checkGroupName(name: unknown): string {
  if (typeof name !== 'string' || !/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
    throw validationFailed(
      'logGroupName',
      name,
      'Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+',
    );
  }
  return name;
}

/** Throws InvalidParameterException for a name that CloudWatch Logs does not take. */
export function checkStreamName(name: unknown): string {
  if (typeof name !== 'string' || !/^[^:*]{1,512}$/.test(name)) {
    throw validationFailed('logStreamName', name, 'Member must satisfy regular expression pattern: [^:*]*');
  }
  return name;
}

/** Part of a list, as `nextToken` and a limit ask for it. */
export function page<Item>(
  items: readonly Item[],
  nextToken: string | undefined,
  limit: number,
): { items: Item[]; nextToken?: string } {
  const cut = offsetPage(items, nextToken, limit, () => invalidParameter('The specified nextToken is invalid.'));
  return { items: cut.items, nextToken: cut.next };
}
