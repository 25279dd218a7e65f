import type { Host } from '../../wire/host';
import type { ResourceProvider } from '../../wire/resource-provider';
import { parameterAlreadyExists } from './faults';
import type { ParameterRecord } from './model';
import type { ParameterStore } from './store';

interface ParameterProperties {
  readonly Name?: string;
  readonly Type: 'String' | 'StringList';
  readonly Value: string;
  readonly Description?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
export function parameterResource(host: Host, store: ParameterStore): ResourceProvider<ParameterProperties> {
  const put = (name: string, properties: ParameterProperties) => {
    const record: ParameterRecord = {
      name,
      type: properties.Type,
      value: String(properties.Value),
      version: (store.find(name)?.version ?? 0) + 1,
      description: properties.Description,
      changedAtMs: host.kernel.clock.now(),
    };
    store.put(record);
    return { physicalId: name, attributes: { Type: record.type, Value: record.value } };
  };
  return {
    type: 'AWS::SSM::Parameter',
    properties: {
      Name: 'emulated',
      Type: 'emulated',
      Value: 'emulated',
      Description: 'emulated',
      Tags: { inert: 'tags of parameters are read by nothing here' },
      Tier: { inert: 'tiers differ in price and size only' },
    },
    create: (properties, context) => {
      const name = properties.Name ?? context.generateName(2048);
      if (store.find(name)) throw parameterAlreadyExists();
      return put(name, properties);
    },
    update: (physicalId, properties, _previous, context) => {
      const name = properties.Name ?? (physicalId || context.generateName(2048));
      if (name !== physicalId && store.find(name)) throw parameterAlreadyExists();
      return put(name, properties);
    },
    delete: (physicalId) => store.remove(physicalId),
  };
}
