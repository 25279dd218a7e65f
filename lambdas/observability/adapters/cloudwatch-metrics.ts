import { GetMetricDataCommand, type GetMetricDataCommandOutput } from '@aws-sdk/client-cloudwatch';
import type { Sender } from '../../shared/aws/sender';
import type { ReadMetrics } from '../domain/metric-sums';

/** The most that one call asks for: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const MOST_QUERIES = 500;

/** Reads metrics of CloudWatch. AWS puts its own out some minutes late. */
export function createCloudWatchMetrics(client: Sender): ReadMetrics {
  return async (metrics, { from, to, periodSeconds, statistic }) => {
    const values: number[][] = metrics.map(() => []);
    for (let first = 0; first < metrics.length; first += MOST_QUERIES) {
      const MetricDataQueries = metrics.slice(first, first + MOST_QUERIES).map((name, index) => ({
        Id: `m${first + index}`,
        MetricStat: {
          Metric: {
            Namespace: name.namespace,
            MetricName: name.metric,
            Dimensions: Object.entries(name.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
          },
          Period: periodSeconds,
          Stat: statistic,
        },
      }));
      let NextToken: string | undefined;
      do {
        const page: GetMetricDataCommandOutput = await client.send(
          new GetMetricDataCommand({ StartTime: new Date(from), EndTime: new Date(to), MetricDataQueries, NextToken }),
        );
        for (const { Id, Values = [] } of page.MetricDataResults ?? []) values[Number(Id!.slice(1))]!.push(...Values);
        NextToken = page.NextToken;
      } while (NextToken);
    }
    return values;
  };
}
