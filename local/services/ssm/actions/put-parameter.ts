import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { parameterAlreadyExists, validationException } from '../faults';
import type { ParameterRecord } from '../model';
import { parameterArn } from '../parameter-arn';
import type { ParameterStore } from '../store';

interface PutParameterInput {
  readonly Name?: string;
  readonly Value?: string;
  readonly Type?: string;
  readonly Description?: string;
  readonly Overwrite?: boolean;
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html; SecureString is not emulated. */
export function putParameter(host: Host, store: ParameterStore): Action<PutParameterInput> {
  return {
    access: ({ Name }) => [{ action: 'ssm:PutParameter', resource: parameterArn(host, String(Name)) }],
    handle: ({ Name, Value, Type, Description, Overwrite }) => {
      if (!Name || !Value) throw validationException('A parameter needs a Name and a Value.');
      const before = store.find(Name);
      if (before && !Overwrite) throw parameterAlreadyExists();
      const type = Type ?? before?.type;
      if (type !== 'String' && type !== 'StringList') {
        throw validationException(`Type ${type} is not emulated: use String or StringList`);
      }
      const version = (before?.version ?? 0) + 1;
      const record: ParameterRecord = {
        name: Name,
        type,
        value: Value,
        version,
        description: Description,
        changedAtMs: host.kernel.clock.now(),
      };
      store.put(record);
      return { Version: version, Tier: 'Standard' };
    },
  };
}
