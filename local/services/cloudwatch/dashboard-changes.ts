import type { CloudWatchParts } from './cloudwatch-parts';
import { invalidParameterValue } from './faults';

/** Makes or replaces a dashboard. Throws InvalidParameterValue for a body that is no JSON. */
export function putDashboardBody({ store, host }: CloudWatchParts, DashboardName: string, DashboardBody: string): void {
  try {
    JSON.parse(DashboardBody);
  } catch {
    throw invalidParameterValue('The field DashboardBody must be a valid JSON object');
  }
  store.setDashboard({
    DashboardName,
    DashboardArn: `arn:aws:cloudwatch::${host.accountId}:dashboard/${DashboardName}`,
    DashboardBody,
    updatedMs: host.kernel.clock.now(),
  });
}
