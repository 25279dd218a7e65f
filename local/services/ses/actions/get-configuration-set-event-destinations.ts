import { type ActionFactory, resourceAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetConfigurationSetEventDestinations.html */
export const getConfigurationSetEventDestinations: ActionFactory = (parts) => ({
  access: resourceAccess(parts, 'GetConfigurationSetEventDestinations', 'configuration-set', 'ConfigurationSetName'),
  handle({ ConfigurationSetName }) {
    return { EventDestinations: [...parts.store.configurationSet(ConfigurationSetName).destinations.values()] };
  },
});
