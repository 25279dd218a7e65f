import { readTags } from '../api-values';
import { type ActionFactory, alarmAccess } from '../cloudwatch-parts';
import { missingParameter } from '../faults';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const putMetricAlarm: ActionFactory = (parts) => ({
  access: alarmAccess(parts, 'PutMetricAlarm', (input) => [input.AlarmName]),
  handle({ AlarmName, Tags, ...properties }) {
    if (!AlarmName) throw missingParameter('AlarmName');
    parts.alarms.putMetricAlarm(AlarmName, properties, readTags(Tags));
  },
});
