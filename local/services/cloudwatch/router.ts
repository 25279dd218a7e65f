import type { Host } from '../../wire/host';
import type { Action, Service } from '../../wire/service';
import {
  deleteAlarmMuteRule,
  getAlarmMuteRule,
  listAlarmMuteRules,
  putAlarmMuteRule,
} from './actions/alarm-mute-rules';
import { listTagsForResource, tagResource, untagResource } from './actions/alarm-tags';
import { deleteAlarms } from './actions/delete-alarms';
import { deleteDashboards } from './actions/delete-dashboards';
import { describeAlarmHistory } from './actions/describe-alarm-history';
import { describeAlarms } from './actions/describe-alarms';
import { describeAlarmsForMetric } from './actions/describe-alarms-for-metric';
import { disableAlarmActions } from './actions/disable-alarm-actions';
import { enableAlarmActions } from './actions/enable-alarm-actions';
import { getDashboard } from './actions/get-dashboard';
import { getMetricData } from './actions/get-metric-data';
import { getMetricStatistics } from './actions/get-metric-statistics';
import { listDashboards } from './actions/list-dashboards';
import { listMetrics } from './actions/list-metrics';
import { putCompositeAlarm } from './actions/put-composite-alarm';
import { putDashboard } from './actions/put-dashboard';
import { putMetricAlarm } from './actions/put-metric-alarm';
import { putMetricData } from './actions/put-metric-data';
import { setAlarmState } from './actions/set-alarm-state';
import { Alarms } from './alarms/alarms';
import { type CloudWatch, createCloudWatch } from './cloudwatch';
import type { ActionFactory, CloudWatchParts } from './cloudwatch-parts';
import { cloudWatchResources } from './resources';

export { type CloudWatch, createCloudWatch };

const ACTIONS: Record<string, ActionFactory> = {
  PutMetricData: putMetricData,
  GetMetricData: getMetricData,
  GetMetricStatistics: getMetricStatistics,
  ListMetrics: listMetrics,
  DescribeAlarms: describeAlarms,
  DescribeAlarmHistory: describeAlarmHistory,
  PutCompositeAlarm: putCompositeAlarm,
  PutAlarmMuteRule: putAlarmMuteRule,
  GetAlarmMuteRule: getAlarmMuteRule,
  ListAlarmMuteRules: listAlarmMuteRules,
  DeleteAlarmMuteRule: deleteAlarmMuteRule,
  ListTagsForResource: listTagsForResource,
  TagResource: tagResource,
  UntagResource: untagResource,
  GetDashboard: getDashboard,
  ListDashboards: listDashboards,
  DeleteAlarms: deleteAlarms,
  DeleteDashboards: deleteDashboards,
  DescribeAlarmsForMetric: describeAlarmsForMetric,
  DisableAlarmActions: disableAlarmActions,
  EnableAlarmActions: enableAlarmActions,
  PutDashboard: putDashboard,
  PutMetricAlarm: putMetricAlarm,
  SetAlarmState: setAlarmState,
};

/** The API of the embedded CloudWatch over the metrics of an account. It stands in the credential scope as `monitoring`. */
export function createCloudWatchService(host: Host, cloudWatch: CloudWatch): Service {
  const alarms = new Alarms(host, cloudWatch.store);
  const parts: CloudWatchParts = { host, store: cloudWatch.store, alarms };
  const actions: Record<string, Action> = {};
  for (const [name, factory] of Object.entries(ACTIONS)) actions[name] = factory(parts);
  return {
    name: 'monitoring',
    protocols: [{ kind: 'json', version: '1.0', target: 'GraniteServiceVersion20100801', hasQueryErrors: true }],
    actions,
    resources: cloudWatchResources(parts),
    resume: () => alarms.resume(),
    stop: async () => {
      alarms.stop();
      cloudWatch.store.writeChanges();
    },
  };
}
