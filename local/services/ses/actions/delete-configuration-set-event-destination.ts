import { existingDestination } from '../event-destination';
import { type ActionFactory, resourceAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteConfigurationSetEventDestination.html */
export const deleteConfigurationSetEventDestination: ActionFactory = (parts) => ({
  access: resourceAccess(parts, 'DeleteConfigurationSetEventDestination', 'configuration-set', 'ConfigurationSetName'),
  handle({ ConfigurationSetName, EventDestinationName }) {
    const set = parts.store.configurationSet(ConfigurationSetName);
    parts.store.deleteDestination(set, existingDestination(set, EventDestinationName).Name);
    return {};
  },
});
