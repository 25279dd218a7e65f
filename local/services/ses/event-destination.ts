import { badRequest, notFound } from './faults';
import { type CloudWatchDimension, type ConfigurationSet, EVENT_TYPES, type EventDestination } from './model';
import type { SesParts } from './ses-parts';

const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const LIMIT_DIMENSIONS = 10;

/** Throws NotFoundException. */
export function existingDestination(set: ConfigurationSet, name: string): EventDestination {
  const destination = set.destinations.get(name);
  if (!destination) throw notFound(`Event destination ${name} does not exist.`);
  return destination;
}

/**
 * Reads an EventDestinationDefinition. Throws BadRequestException; also for destinations that are not emulated.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EventDestinationDefinition.html
 */
export function readDestination(
  { host }: Pick<SesParts, 'host'>,
  name: unknown,
  definition: any = {},
): EventDestination {
  const { Enabled = false, MatchingEventTypes = [], EventBridgeDestination, CloudWatchDestination } = definition;
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw badRequest(`An event destination's name takes 1 to 64 letters, numbers, underscores and dashes: ${name}`);
  }
  for (const type of MatchingEventTypes) {
    if (!EVENT_TYPES.includes(type)) throw badRequest(`The event type ${type} is not known.`);
  }
  if (MatchingEventTypes.length === 0) throw badRequest('An event destination needs at least one matching event type.');
  for (const kind of ['SnsDestination', 'KinesisFirehoseDestination', 'PinpointDestination']) {
    if (definition[kind])
      throw badRequest(`${kind} is not emulated: use EventBridgeDestination or CloudWatchDestination.`);
  }
  if ([EventBridgeDestination, CloudWatchDestination].filter(Boolean).length !== 1) {
    throw badRequest('An event destination takes exactly one of EventBridgeDestination and CloudWatchDestination.');
  }
  if (EventBridgeDestination) {
    const bus = `arn:aws:events:${host.region}:${host.accountId}:event-bus/default`;
    if (EventBridgeDestination.EventBusArn !== bus) {
      throw badRequest(`SES publishes to the default event bus only, ${bus}: ${EventBridgeDestination.EventBusArn}`);
    }
    return { Name: name, Enabled, MatchingEventTypes, EventBridgeDestination: { EventBusArn: bus } };
  }
  const dimensions = (CloudWatchDestination.DimensionConfigurations ?? []) as CloudWatchDimension[];
  return {
    Name: name,
    Enabled,
    MatchingEventTypes,
    CloudWatchDestination: { DimensionConfigurations: readDimensions(dimensions) },
  };
}

function readDimensions(dimensions: readonly CloudWatchDimension[]): CloudWatchDimension[] {
  if (dimensions.length < 1 || dimensions.length > LIMIT_DIMENSIONS) {
    throw badRequest(`A CloudWatch destination takes 1 to ${LIMIT_DIMENSIONS} dimensions.`);
  }
  return dimensions.map((dimension) => {
    const { DimensionName, DimensionValueSource, DefaultDimensionValue } = dimension;
    if (!DimensionName || !DefaultDimensionValue) throw badRequest('A dimension needs a name and a default value.');
    if (DimensionValueSource !== 'MESSAGE_TAG' && DimensionValueSource !== 'EMAIL_HEADER') {
      throw badRequest(`The value source ${DimensionValueSource} is not emulated: use MESSAGE_TAG or EMAIL_HEADER.`);
    }
    return { DimensionName, DimensionValueSource, DefaultDimensionValue };
  });
}
