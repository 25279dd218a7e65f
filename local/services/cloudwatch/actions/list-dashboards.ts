import type { ActionFactory } from '../cloudwatch-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListDashboards.html */
export const listDashboards: ActionFactory = ({ store, host }) => ({
  access: () => [
    { action: 'cloudwatch:ListDashboards', resource: `arn:aws:cloudwatch::${host.accountId}:dashboard/*` },
  ],
  handle(input) {
    const DashboardEntries = store
      .listDashboards()
      .filter(({ DashboardName }) => DashboardName.startsWith(input.DashboardNamePrefix ?? ''))
      .map(({ DashboardName, DashboardArn, DashboardBody, updatedMs }) => ({
        DashboardName,
        DashboardArn,
        LastModified: updatedMs / 1000,
        Size: Buffer.byteLength(DashboardBody),
      }));
    return { DashboardEntries };
  },
});
