import type { WorkloadAccount } from './account';
import { Sabotage } from './sabotage';

const MINUTE_SECONDS = 60;

/** Orders that have ended are looked at by a watcher, once they have been settled for some minutes. */
export async function watchOrders(account: WorkloadAccount): Promise<void> {
  const fromSeconds = Math.floor(account.clock.now() / 1000);
  const Metric = {
    Namespace: 'Stepwright',
    MetricName: 'AuditSampled',
    Dimensions: [{ Name: 'service', Value: 'orders' }],
  };
  await new Sabotage(account).hasten('the look at the rows of orders', async () => {
    const { MetricDataResults } = await account.call('monitoring', 'GetMetricData', {
      StartTime: fromSeconds,
      EndTime: Math.floor(account.clock.now() / 1000) + MINUTE_SECONDS,
      MetricDataQueries: [{ Id: 'rows', MetricStat: { Metric, Period: MINUTE_SECONDS, Stat: 'Maximum' } }],
    });
    return MetricDataResults[0].Values.some((rows: number) => rows > 0) || undefined;
  });
}
