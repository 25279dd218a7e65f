import { listDimensions, page } from '../api-values';
import { type ActionFactory, anyAccess } from '../cloudwatch-parts';

const PAGE = 500;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html */
export const listMetrics: ActionFactory = ({ store, host }) => ({
  access: anyAccess('ListMetrics'),
  handle(input) {
    const filters: { Name: string; Value?: string }[] = input.Dimensions ?? [];
    const recentMs = input.RecentlyActive === 'PT3H' ? host.kernel.clock.now() - 3 * 3_600_000 : 0;
    const found = store
      .listMetrics()
      .filter(({ namespace }) => !input.Namespace || namespace === input.Namespace)
      .filter(({ name }) => !input.MetricName || name === input.MetricName)
      .filter(({ lastUpdateMs }) => lastUpdateMs >= recentMs)
      .filter(({ dimensions }) =>
        filters.every(({ Name, Value }) => dimensions[Name] !== undefined && (!Value || dimensions[Name] === Value)),
      );
    const { items, NextToken } = page(found, input.NextToken, PAGE);
    const Metrics = items.map(({ namespace, name, dimensions }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: listDimensions(dimensions),
    }));
    return { Metrics, NextToken };
  },
});
