import { type ActionFactory, resourceAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetConfigurationSet.html */
export const getConfigurationSet: ActionFactory = (parts) => ({
  access: resourceAccess(parts, 'GetConfigurationSet', 'configuration-set', 'ConfigurationSetName'),
  handle({ ConfigurationSetName }) {
    const { name, isSendingEnabled, suppressedReasons } = parts.store.configurationSet(ConfigurationSetName);
    return {
      ConfigurationSetName: name,
      SendingOptions: { SendingEnabled: isSendingEnabled },
      ...(suppressedReasons && { SuppressionOptions: { SuppressedReasons: suppressedReasons } }),
      Tags: [],
    };
  },
});
