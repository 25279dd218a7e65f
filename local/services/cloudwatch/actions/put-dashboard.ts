import { type ActionFactory, dashboardAccess } from '../cloudwatch-parts';
import { putDashboardBody } from '../dashboard-changes';
import { invalidParameterValue } from '../faults';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html: widgets are not checked. */
export const putDashboard: ActionFactory = (parts) => ({
  access: dashboardAccess(parts, 'PutDashboard', (input) => [input.DashboardName]),
  handle({ DashboardName, DashboardBody }) {
    if (!/^[A-Za-z0-9-_]{1,255}$/.test(String(DashboardName))) {
      throw invalidParameterValue('The value for field DashboardName contains invalid characters.');
    }
    putDashboardBody(parts, DashboardName, String(DashboardBody));
    return { DashboardValidationMessages: [] };
  },
});
