import { readTags } from '../api-values';
import { type ActionFactory, anyAccess } from '../cloudwatch-parts';
import { missingParameter } from '../faults';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html: allowed on all alarms, or not at all. */
export const putCompositeAlarm: ActionFactory = (parts) => ({
  access: anyAccess('PutCompositeAlarm'),
  handle({ AlarmName, Tags, ...properties }) {
    if (!AlarmName) throw missingParameter('AlarmName');
    parts.alarms.putCompositeAlarm(AlarmName, properties, readTags(Tags));
  },
});
