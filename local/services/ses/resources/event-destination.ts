import type { ResourceContext, ResourceProvider } from '../../../wire/resource-provider';
import { readDestination } from '../event-destination';
import { alreadyExists } from '../faults';
import type { EventDestination } from '../model';
import type { SesParts } from '../ses-parts';

interface EventDestinationProperties {
  readonly ConfigurationSetName: string;
  readonly EventDestination: Partial<EventDestination> & {
    readonly CloudWatchDestination?: { readonly DimensionConfigurations?: readonly Record<string, string>[] };
  };
}

const SOURCES: Readonly<Record<string, string>> = { messageTag: 'MESSAGE_TAG', emailHeader: 'EMAIL_HEADER' };

/** `AWS::SES::ConfigurationSetEventDestination`: Ref is `SET|DESTINATION`. Names are those of the first API: `renderingFailure`. */
export function eventDestinationResource(parts: SesParts): ResourceProvider<EventDestinationProperties> {
  const read = ({ EventDestination }: EventDestinationProperties, context: ResourceContext) => {
    const name = EventDestination.Name ?? context.generateName(64);
    const dimensions = EventDestination.CloudWatchDestination?.DimensionConfigurations;
    return readDestination(parts, name, {
      ...EventDestination,
      MatchingEventTypes: EventDestination.MatchingEventTypes?.map(upperSnake),
      ...(dimensions && { CloudWatchDestination: { DimensionConfigurations: dimensions.map(withSource) } }),
    });
  };
  const create = (properties: EventDestinationProperties, context: ResourceContext) => {
    const configurationSet = parts.store.configurationSet(properties.ConfigurationSetName);
    const { name, destinations } = configurationSet;
    const destination = read(properties, context);
    if (destinations.has(destination.Name))
      throw alreadyExists(`Event destination ${destination.Name} already exists.`);
    parts.store.putDestination(configurationSet, destination);
    return { physicalId: `${name}|${destination.Name}`, attributes: { Id: `${name}|${destination.Name}` } };
  };
  const remove = (physicalId: string) => {
    const [set = '', name = ''] = physicalId.split('|');
    const configurationSet = parts.store.findConfigurationSet(set);
    if (configurationSet) parts.store.deleteDestination(configurationSet, name);
  };
  return {
    type: 'AWS::SES::ConfigurationSetEventDestination',
    properties: {
      ConfigurationSetName: 'emulated',
      EventDestination: {
        members: {
          Name: 'emulated',
          Enabled: 'boolean',
          MatchingEventTypes: 'emulated',
          EventBridgeDestination: { members: { EventBusArn: 'emulated' } },
          CloudWatchDestination: {
            members: {
              DimensionConfigurations: {
                members: {
                  DimensionName: 'emulated',
                  DimensionValueSource: 'emulated',
                  DefaultDimensionValue: 'emulated',
                },
              },
            },
          },
        },
      },
    },
    create,
    update: (physicalId, properties, previous, context) => {
      const [set, name] = physicalId.split('|') as [string, string];
      const isSame =
        properties.ConfigurationSetName === set && properties.EventDestination.Name === previous.EventDestination.Name;
      if (!isSame) return create(properties, context);
      const named = { ...properties, EventDestination: { ...properties.EventDestination, Name: name } };
      parts.store.putDestination(parts.store.configurationSet(set), read(named, context));
      return { physicalId, attributes: { Id: physicalId } };
    },
    delete: remove,
  };
}

function upperSnake(type: string): any {
  return type.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
}

function withSource(dimension: Record<string, string>): object {
  const source = dimension.DimensionValueSource ?? '';
  return { ...dimension, DimensionValueSource: SOURCES[source] ?? source };
}
