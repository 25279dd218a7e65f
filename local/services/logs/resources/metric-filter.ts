import type { ResourceContext, ResourceProvider } from '../../../wire/resource-provider';
import { invalidParameter } from '../faults';
import { compileFilterPattern } from '../filter-pattern';
import type { LogsParts } from '../logs-parts';

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
export function metricFilterResource({ store }: LogsParts): ResourceProvider<MetricFilterProperties> {
  const set = (properties: MetricFilterProperties, filterName: string) => {
    const [transformation] = properties.MetricTransformations ?? [];
    if (!transformation) throw invalidParameter('A metric filter needs one metric transformation.');
    compileFilterPattern(properties.FilterPattern);
    store.setMetricFilter(properties.LogGroupName, {
      filterName,
      filterPattern: properties.FilterPattern,
      metricNamespace: transformation.MetricNamespace,
      metricName: transformation.MetricName,
      metricValue: transformation.MetricValue,
      defaultValue: transformation.DefaultValue,
      unit: transformation.Unit,
      dimensions: Object.fromEntries((transformation.Dimensions ?? []).map(({ Key, Value }) => [Key, Value])),
    });
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
