import { describeHistory } from '../alarms/alarm-history';
import { page, readTime } from '../api-values';
import type { ActionFactory } from '../cloudwatch-parts';

const PAGE = 100;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html: also of alarms that are deleted. */
export const describeAlarmHistory: ActionFactory = ({ alarms, host }) => ({
  access: (input) => [
    {
      action: 'cloudwatch:DescribeAlarmHistory',
      resource: `arn:aws:cloudwatch:${host.region}:${host.accountId}:alarm:${input.AlarmName ?? '*'}`,
    },
  ],
  handle(input) {
    const { AlarmName, HistoryItemType, StartDate, EndDate, ScanBy } = input;
    const types: string[] = input.AlarmTypes ?? ['MetricAlarm', 'CompositeAlarm'];
    const from = StartDate === undefined ? Number.NEGATIVE_INFINITY : readTime('StartDate', StartDate);
    const to = EndDate === undefined ? Number.POSITIVE_INFINITY : readTime('EndDate', EndDate);
    const found = alarms.store
      .listHistory()
      .filter((item) => AlarmName === undefined || item.AlarmName === AlarmName)
      .filter((item) => HistoryItemType === undefined || item.HistoryItemType === HistoryItemType)
      .filter((item) => types.includes(item.AlarmType))
      .filter(({ atMs }) => atMs >= from && atMs <= to);
    if (ScanBy !== 'TimestampAscending') found.reverse();
    const { items, NextToken } = page(found, input.NextToken, input.MaxRecords ?? PAGE);
    return { AlarmHistoryItems: items.map(describeHistory), NextToken };
  },
});
