import type { ActionFactory } from '../cloudwatch-parts';
import { dashboardNotFound } from '../faults';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetDashboard.html */
export const getDashboard: ActionFactory = ({ store, host }) => ({
  access: (input) => [
    {
      action: 'cloudwatch:GetDashboard',
      resource: `arn:aws:cloudwatch::${host.accountId}:dashboard/${input.DashboardName}`,
    },
  ],
  handle(input) {
    const dashboard = store.dashboard(input.DashboardName);
    if (!dashboard) throw dashboardNotFound(input.DashboardName);
    const { DashboardName, DashboardArn, DashboardBody } = dashboard;
    return { DashboardName, DashboardArn, DashboardBody };
  },
});
