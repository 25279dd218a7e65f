import { type ActionFactory, resourceAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteConfigurationSet.html */
export const deleteConfigurationSet: ActionFactory = (parts) => ({
  access: resourceAccess(parts, 'DeleteConfigurationSet', 'configuration-set', 'ConfigurationSetName'),
  handle({ ConfigurationSetName }) {
    parts.store.deleteConfigurationSet(parts.store.configurationSet(ConfigurationSetName).name);
    return {};
  },
});
