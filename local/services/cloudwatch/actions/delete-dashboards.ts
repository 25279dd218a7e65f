import { type ActionFactory, dashboardAccess } from '../cloudwatch-parts';
import { dashboardNotFound } from '../faults';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteDashboards.html: all that are named, or none. */
export const deleteDashboards: ActionFactory = (parts) => ({
  access: dashboardAccess(parts, 'DeleteDashboards', (input) => input.DashboardNames ?? []),
  handle({ DashboardNames = [] }: { DashboardNames?: string[] }) {
    const missing = DashboardNames.find((name) => !parts.store.dashboard(name));
    if (missing !== undefined) throw dashboardNotFound(missing);
    for (const name of DashboardNames) parts.store.removeDashboard(name);
  },
});
