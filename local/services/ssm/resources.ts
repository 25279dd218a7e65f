import type { Host } from '../../wire/host';
import type { ResourceProvider } from '../../wire/resource-provider';
import { parameterAlreadyExists } from './faults';
import { checkVersion, type VersionInput, withVersion } from './new-version';
import { checkName } from './parameter-name';
import { latest, type ParameterStore } from './store';
import { readTags } from './tags';

interface ParameterProperties extends Omit<VersionInput, 'KeyId'> {
  readonly Name?: string;
  readonly Tags?: Readonly<Record<string, string>>;
}

/** The name that CloudFormation acts under in the history of a parameter. */
const CHANGED_BY = 'cloudformation.amazonaws.com';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
export function parameterResource(host: Host, store: ParameterStore): ResourceProvider<ParameterProperties> {
  const put = (name: string, properties: ParameterProperties) => {
    const before = store.find(name);
    const input = { ...properties, Value: String(properties.Value) };
    if (properties.Type === 'SecureString') throw new Error('A template cannot make parameters of type SecureString.');
    const checked = checkVersion(input, before, true);
    const changed = withVersion(checkName(name), before, checked, host.kernel.clock.now(), CHANGED_BY);
    const tags = Object.entries(properties.Tags ?? {}).map(([Key, Value]) => ({ Key, Value: String(Value) }));
    store.put({ ...changed, tags: readTags({}, tags) });
    const { type: Type, value: Value } = latest(changed);
    return { physicalId: name, attributes: { Type, Value } };
  };
  return {
    type: 'AWS::SSM::Parameter',
    properties: {
      AllowedPattern: 'emulated',
      DataType: 'emulated',
      Description: 'emulated',
      Name: 'emulated',
      Policies: 'emulated',
      Tags: 'emulated',
      Tier: 'emulated',
      Type: 'emulated',
      Value: 'emulated',
    },
    create: (properties, context) => {
      const name = properties.Name ?? context.generateName(1011);
      if (store.find(name)) throw parameterAlreadyExists();
      return put(name, properties);
    },
    update: (physicalId, properties, _previous, context) => {
      const name = properties.Name ?? (physicalId || context.generateName(1011));
      if (name !== physicalId && store.find(name)) throw parameterAlreadyExists();
      return put(name, properties);
    },
    delete: (physicalId) => store.remove(physicalId),
  };
}
