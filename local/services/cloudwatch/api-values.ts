/** Owns the values of the API that many actions read and write: names, tags, dimensions, times, pages. */
import type { Host } from '../../wire/host';
import { offsetPage } from '../../wire/offset-page';
import { invalidParameterValue } from './faults';

/** The ARN of an alarm. */
export function alarmArn({ region, accountId }: Pick<Host, 'region' | 'accountId'>, name: string): string {
  return `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;
}

/** The ARN of a rule that mutes alarms. */
export function muteRuleArn({ region, accountId }: Pick<Host, 'region' | 'accountId'>, name: string): string {
  return `arn:aws:cloudwatch:${region}:${accountId}:alarm-mute-rule:${name}`;
}

/** Tags as the API lists them, as a record. */
export function readTags(tags: readonly { Key: string; Value: string }[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
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
  const cut = offsetPage(items, NextToken, limit, () =>
    invalidParameterValue('The value for parameter NextToken is invalid.'),
  );
  return { items: cut.items, NextToken: cut.next };
}
