import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { parameterNotFound, validationException } from '../faults';
import { referencedArn } from '../parameter-arn';
import type { ParameterStore } from '../store';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html */
export function deleteParameter(host: Host, store: ParameterStore): Action<{ Name?: string }> {
  return {
    access: ({ Name }) => [{ action: 'ssm:DeleteParameter', resource: referencedArn(host, String(Name)) }],
    handle: ({ Name = '' }) => {
      if (!store.find(Name)) throw parameterNotFound();
      store.remove(Name);
      return {};
    },
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html */
export function deleteParameters(host: Host, store: ParameterStore): Action<{ Names?: string[] }> {
  return {
    access: ({ Names = [] }) =>
      Names.map((name) => ({ action: 'ssm:DeleteParameters', resource: referencedArn(host, name) })),
    handle: ({ Names = [] }) => {
      if (Names.length < 1 || Names.length > 10) {
        throw validationException(
          "Value at 'names' failed to satisfy constraint: Member must have length between 1 and 10",
        );
      }
      const DeletedParameters = Names.filter((name) => store.find(name));
      for (const name of DeletedParameters) store.remove(name);
      return { DeletedParameters, InvalidParameters: Names.filter((name) => !DeletedParameters.includes(name)) };
    },
  };
}
