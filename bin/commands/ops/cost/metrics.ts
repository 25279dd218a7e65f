import { type CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';

/** A metric whose values are added up. */
export interface Counted {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

const MOST_QUERIES = 500;

/**
 * The sums of metrics since a moment, in their order; undefined for one that CloudWatch has nothing of. Needs
 * `cloudwatch:GetMetricData`. AWS puts most of them out some minutes late.
 */
export async function sums(
  client: CloudWatchClient,
  counted: readonly Counted[],
  sinceMs: number,
): Promise<(number | undefined)[]> {
  const Period = periodFor(Date.now() - sinceMs);
  const found: (number | undefined)[] = counted.map(() => undefined);
  for (let first = 0; first < counted.length; first += MOST_QUERIES) {
    const group = counted.slice(first, first + MOST_QUERIES);
    let NextToken: string | undefined;
    do {
      const page = await client.send(
        new GetMetricDataCommand({
          StartTime: new Date(sinceMs),
          EndTime: new Date(Date.now() + 60_000),
          NextToken,
          MetricDataQueries: group.map(({ namespace, metric, dimensions }, i) => ({
            Id: `m${first + i}`,
            MetricStat: {
              Metric: {
                Namespace: namespace,
                MetricName: metric,
                Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
              },
              Period,
              Stat: 'Sum',
            },
          })),
        }),
      );
      for (const { Id, Values = [] } of page.MetricDataResults ?? []) {
        if (Values.length === 0) continue;
        const index = Number(Id!.slice(1));
        found[index] = (found[index] ?? 0) + Values.reduce((sum, value) => sum + value, 0);
      }
      NextToken = page.NextToken;
    } while (NextToken);
  }
  return found;
}

/** CloudWatch keeps minutes for 15 days and five minutes for 63; larger periods mean fewer points: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
function periodFor(spanMs: number): number {
  const hours = spanMs / 3_600_000;
  if (hours <= 6) return 60;
  return hours <= 72 ? 300 : 3600;
}
