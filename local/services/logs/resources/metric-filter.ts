import type { ResourceContext, ResourceProvider } from '../../../wire/resource-provider';
import type { LogsParts } from '../logs-parts';
import { readMetricFilter } from '../metric-filter-settings';

interface MetricFilterProperties {
  readonly LogGroupName: string;
  readonly FilterName?: string;
  readonly FilterPattern: string;
  readonly MetricTransformations: {
    readonly MetricNamespace: string;
    readonly MetricName: string;
    readonly MetricValue: string;
    readonly DefaultValue?: number;
    readonly Unit?: string;
    readonly Dimensions?: { readonly Key: string; readonly Value: string }[];
  }[];
}

/** AWS::Logs::MetricFilter. `Ref` is `GROUP|FILTER`. */
export function metricFilterResource({ store, host }: LogsParts): ResourceProvider<MetricFilterProperties> {
  const set = (properties: MetricFilterProperties, filterName: string) => {
    const transformations = properties.MetricTransformations?.map((transformation) => ({
      metricNamespace: transformation.MetricNamespace,
      metricName: transformation.MetricName,
      metricValue: transformation.MetricValue,
      defaultValue: transformation.DefaultValue,
      unit: transformation.Unit,
      dimensions:
        transformation.Dimensions &&
        Object.fromEntries(transformation.Dimensions.map(({ Key, Value }) => [Key, Value])),
    }));
    const filter = readMetricFilter(filterName, properties.FilterPattern, transformations);
    store.setMetricFilter(properties.LogGroupName, { ...filter, createdAtMs: host.kernel.clock.now() });
    return { physicalId: `${properties.LogGroupName}|${filterName}` };
  };
  const create = (properties: MetricFilterProperties, context: ResourceContext) =>
    set(properties, properties.FilterName ?? context.generateName(512));
  return {
    type: 'AWS::Logs::MetricFilter',
    properties: {
      LogGroupName: 'emulated',
      FilterName: 'emulated',
      FilterPattern: 'emulated',
      MetricTransformations: {
        members: {
          MetricNamespace: 'emulated',
          MetricName: 'emulated',
          MetricValue: 'emulated',
          Unit: 'emulated',
          DefaultValue: { inert: 'no value is published for minutes in which nothing matches' },
          Dimensions: { members: { Key: 'emulated', Value: 'emulated' } },
        },
      },
    },
    create,
    update(physicalId, properties, previous, context) {
      const isSame = properties.LogGroupName === previous.LogGroupName && properties.FilterName === previous.FilterName;
      return isSame
        ? set(properties, physicalId.slice(properties.LogGroupName.length + 1))
        : create(properties, context);
    },
    delete(physicalId) {
      const [group, filter] = physicalId.split('|');
      if (store.hasGroup(group!)) store.deleteMetricFilter(group!, filter!);
    },
  };
}
