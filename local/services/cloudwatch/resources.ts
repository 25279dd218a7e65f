import type { ResourceProvider } from '../../wire/resource-provider';
import { alarmResource, compositeAlarmResource } from './alarms/alarm-resources';
import { muteRuleResource } from './alarms/mute-rule-resource';
import type { CloudWatchParts } from './cloudwatch-parts';
import { putDashboardBody } from './dashboard-changes';

/** The CloudFormation resource types of CloudWatch. */
export function cloudWatchResources(parts: CloudWatchParts): ResourceProvider[] {
  return [alarmResource(parts), compositeAlarmResource(parts), muteRuleResource(parts), dashboardResource(parts)];
}

/** `Ref` is the dashboard's name. */
function dashboardResource(
  parts: CloudWatchParts,
): ResourceProvider<{ DashboardName?: string; DashboardBody: string }> {
  const set = (DashboardBody: string, DashboardName: string) => {
    putDashboardBody(parts, DashboardName, DashboardBody);
    return { physicalId: DashboardName };
  };
  return {
    type: 'AWS::CloudWatch::Dashboard',
    properties: {
      DashboardName: 'emulated',
      DashboardBody: { inert: 'the dashboard is kept and listed; nothing draws it here' },
      Tags: { inert: 'nothing here looks at the tags of a dashboard' },
    },
    create: (properties, context) =>
      set(properties.DashboardBody, properties.DashboardName ?? context.generateName(255)),
    update: (physicalId, properties, previous, context) =>
      set(
        properties.DashboardBody,
        properties.DashboardName === previous.DashboardName
          ? physicalId
          : (properties.DashboardName ?? context.generateName(255)),
      ),
    delete: (physicalId) => parts.store.removeDashboard(physicalId),
  };
}
