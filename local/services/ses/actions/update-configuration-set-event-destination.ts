import { existingDestination, readDestination } from '../event-destination';
import { type ActionFactory, resourceAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_UpdateConfigurationSetEventDestination.html */
export const updateConfigurationSetEventDestination: ActionFactory = (parts) => ({
  access: resourceAccess(parts, 'UpdateConfigurationSetEventDestination', 'configuration-set', 'ConfigurationSetName'),
  handle({ ConfigurationSetName, EventDestinationName, EventDestination }) {
    const set = parts.store.configurationSet(ConfigurationSetName);
    const { Name } = existingDestination(set, EventDestinationName);
    parts.store.putDestination(set, readDestination(parts, Name, EventDestination));
    return {};
  },
});
