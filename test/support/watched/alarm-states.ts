import type { WatchedStacks } from './watched-stacks';

/** An alarm that was raised. */
export interface Raised {
  readonly alarm: string;
  readonly atMs: number;
  readonly reason: string;
}

/** An alarm that tells somebody, as DescribeAlarms tells of it. */
interface Bell {
  readonly AlarmName: string;
  readonly StateValue: string;
}

/**
 * Every time that an alarm came into ALARM at or after a moment, the first one first. Parts of other alarms, which tell nobody, are
 * left out; those that were kept silent are not.
 */
export async function raisedSince(watched: WatchedStacks, sinceMs: number): Promise<Raised[]> {
  const bells = new Set((await allBells(watched)).map(({ AlarmName }) => AlarmName));
  const items = await pages(watched, 'DescribeAlarmHistory', 'AlarmHistoryItems', {
    HistoryItemType: 'StateUpdate',
    StartDate: sinceMs / 1000,
  });
  return items
    .filter(({ AlarmName }) => bells.has(AlarmName))
    .map(({ AlarmName, Timestamp, HistoryData }) => ({
      alarm: AlarmName,
      atMs: Number(Timestamp) * 1000,
      newState: JSON.parse(HistoryData).newState,
    }))
    .filter(({ newState }) => newState.stateValue === 'ALARM')
    .map(({ alarm, atMs, newState }) => ({ alarm, atMs, reason: newState.stateReason }))
    .reverse();
}

/** The names of the alarms that tell somebody, and are raised now. */
export async function ringing(watched: WatchedStacks): Promise<string[]> {
  const bells = await allBells(watched);
  return bells.filter(({ StateValue }) => StateValue === 'ALARM').map(({ AlarmName }) => AlarmName);
}

async function allBells(watched: WatchedStacks): Promise<Bell[]> {
  const found = await Promise.all(
    ['MetricAlarms', 'CompositeAlarms'].map((list) => pages(watched, 'DescribeAlarms', list)),
  );
  return found.flat().filter(({ AlarmActions }) => AlarmActions?.length > 0);
}

async function pages(watched: WatchedStacks, action: string, list: string, asked: object = {}): Promise<any[]> {
  const AlarmTypes = ['MetricAlarm', 'CompositeAlarm'];
  const found: any[] = [];
  let NextToken: string | undefined;
  do {
    const page = await watched.call('monitoring', action, { AlarmTypes, MaxRecords: 100, NextToken, ...asked });
    found.push(...(page[list] ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}
