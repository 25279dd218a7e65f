import { type ActionFactory, alarmAccess, alarmArn } from '../cloudwatch-parts';
import { invalidParameterCombination, missingParameter } from '../faults';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html: kept, not evaluated. */
export const putMetricAlarm: ActionFactory = (parts) => ({
  access: alarmAccess(parts, 'PutMetricAlarm', (input) => [input.AlarmName]),
  handle({ AlarmName, Tags: _tags, ...properties }) {
    if (!AlarmName) throw missingParameter('AlarmName');
    for (const member of ['ComparisonOperator', 'EvaluationPeriods']) {
      if (properties[member] === undefined) throw missingParameter(member);
    }
    if (Boolean(properties.MetricName) === Boolean(properties.Metrics)) {
      throw invalidParameterCombination('An alarm needs either MetricName or Metrics.');
    }
    const { store, host } = parts;
    const updatedMs = host.kernel.clock.now();
    const state = store.alarm(AlarmName)?.state;
    store.setAlarm({ AlarmName, AlarmArn: alarmArn(host, AlarmName), kind: 'metric', properties, updatedMs, state });
  },
});
