import { readDestination } from '../event-destination';
import { alreadyExists } from '../faults';
import { type ActionFactory, resourceAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSetEventDestination.html */
export const createConfigurationSetEventDestination: ActionFactory = (parts) => ({
  access: resourceAccess(parts, 'CreateConfigurationSetEventDestination', 'configuration-set', 'ConfigurationSetName'),
  handle({ ConfigurationSetName, EventDestinationName, EventDestination }) {
    const set = parts.store.configurationSet(ConfigurationSetName);
    const destination = readDestination(parts, EventDestinationName, EventDestination);
    if (set.destinations.has(destination.Name))
      throw alreadyExists(`Event destination ${destination.Name} already exists.`);
    parts.store.putDestination(set, destination);
    return {};
  },
});
