import type { ResourceProvider } from '../../../wire/resource-provider';
import { addConfigurationSet, type ConfigurationSetOptions, settingsOf } from '../actions/create-configuration-set';
import type { SesParts } from '../ses-parts';

interface ConfigurationSetProperties extends ConfigurationSetOptions {
  readonly Name?: string;
}

/** `AWS::SES::ConfigurationSet`: Ref is the name. */
export function configurationSetResource(parts: SesParts): ResourceProvider<ConfigurationSetProperties> {
  return {
    type: 'AWS::SES::ConfigurationSet',
    properties: {
      Name: 'emulated',
      SendingOptions: { members: { SendingEnabled: 'boolean' } },
      SuppressionOptions: { members: { SuppressedReasons: 'emulated' } },
      DeliveryOptions: { inert: 'no mail leaves this machine' },
      ReputationOptions: { inert: 'nothing rates what an inbox on this machine takes' },
      TrackingOptions: { inert: 'opens and clicks are not tracked' },
      VdmOptions: { inert: 'no mail leaves this machine' },
      Tags: { inert: 'tags of configuration sets are read by nothing here' },
    },
    create: (properties, context) => {
      const { name } = addConfigurationSet(parts, properties.Name ?? context.generateName(64), properties);
      return { physicalId: name };
    },
    update: (physicalId, properties, previous, context) => {
      if (properties.Name !== previous.Name) {
        const { name } = addConfigurationSet(parts, properties.Name ?? context.generateName(64), properties);
        return { physicalId: name };
      }
      const { store } = parts;
      store.changeConfigurationSet(store.configurationSet(physicalId), settingsOf(properties));
      return { physicalId };
    },
    delete: (physicalId) => parts.store.deleteConfigurationSet(physicalId),
  };
}
