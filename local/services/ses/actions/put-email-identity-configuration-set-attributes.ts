import { type ActionFactory, resourceAccess } from '../ses-parts';

/** The set that an identity's mail has when it names none. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutEmailIdentityConfigurationSetAttributes.html */
export const putEmailIdentityConfigurationSetAttributes: ActionFactory = (parts) => ({
  access: resourceAccess(parts, 'PutEmailIdentityConfigurationSetAttributes', 'identity', 'EmailIdentity'),
  handle({ EmailIdentity, ConfigurationSetName }) {
    const { store } = parts;
    const identity = store.identity(EmailIdentity);
    if (ConfigurationSetName) store.configurationSet(ConfigurationSetName);
    store.setDefaultConfigurationSet(identity, ConfigurationSetName || undefined);
    return {};
  },
});
